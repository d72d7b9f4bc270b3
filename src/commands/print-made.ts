import { basename, relative } from 'node:path';
import type { Made } from '../make.ts';
import type { Terminal } from '../terminal.ts';
import { Footnotes, table } from './table.ts';

const ROLES = {
  print: 'for the printer',
  sheet: 'on sheets',
  white: 'white ink',
  art: 'art alone',
  cut: 'cuts alone',
  list: 'what is where',
  proof: 'proof',
  gamut: 'out of gamut',
  report: 'preflight',
  credits: 'credits',
  manifest: 'manifest',
} as const;

/** The summary of a made order: what a printer's form asks for, what the user must know, where the files are. */
export function printMade({ manifest, files }: Made, terminal: Terminal, cwd: string): void {
  const { dim, bold } = terminal.colours;
  const print = (rows: readonly (readonly string[])[], style = (line: string) => line) => {
    for (const line of table(rows, { indent: 0 })) terminal.print(style(line));
  };
  const sources = new Footnotes();
  print([
    ...manifest.summary.map(({ label, value, source }) => [
      label,
      source === undefined ? value : `${value} ${sources.mark(source)}`,
    ]),
    ...pagesLine(manifest),
    ['pictures', pictureLine(manifest)],
    ...colourLines(manifest),
    ...gamutLine(manifest),
    ...spotRows(manifest),
    ['standard', manifest.standard],
    ['preflight', `${manifest.preflight.verdict}, ${manifest.preflight.judged.length} rules`],
    ['fonts', `${manifest.fonts.map((font) => font.name).join(', ')}`],
  ]);
  terminal.print();
  print(sources.rows(), dim);
  terminal.print();
  const shown = inOneLine(files).map(({ role, path, last }) => {
    const near = relative(cwd, path);
    return [
      ROLES[role],
      `${near.startsWith('..') ? path : near}${last ? ` … ${basename(last)}` : ''}`,
    ] as const;
  });
  const width = Math.max(...shown.map(([role]) => role.length));
  for (const [role, path] of shown) terminal.print(`${role.padEnd(width)}  ${bold(path)}`);
  for (const { level, text } of manifest.notes) {
    if (level === 'warning') terminal.warn(text);
    else terminal.print(dim(`note: ${text}`));
  }
}

/** Files in their order; those of one kind, page by page, as the first and the last. */
function inOneLine(files: Made['files']): { role: keyof typeof ROLES; path: string; last?: string }[] {
  return [...new Set(files.map(({ role }) => role))].map((role) => {
    const paths = files.filter((file) => file.role === role).map(({ path }) => path);
    return { role, path: paths[0]!, ...(paths.length > 1 && { last: paths.at(-1)! }) };
  });
}

function colourLines({ colours }: Made['manifest']): [string, string][] {
  const { condition, intent, inkLimit, mostInk } = colours;
  if (mostInk === null) return [['colours', `RGB, ${condition}: the printer converts it to inks`]];
  const limit = inkLimit === null ? 'no limit but the profile\u2019s' : `limit ${inkLimit} %`;
  return [
    ['colours', `CMYK for ${condition}, ${intent}`],
    ['ink', `${Math.ceil(mostInk)} % at most, ${limit}`],
  ];
}

function gamutLine({ proof: { gamut }, pages }: Made['manifest']): [string, string][] {
  if (!gamut) return [];
  const percent = (share: number) => `${share > 0 && share < 0.01 ? 'under 1' : Math.round(share * 100)} %`;
  const [worst] = [...pages].sort((a, b) => (b.gamut?.share ?? 0) - (a.gamut?.share ?? 0));
  const whole =
    pages.length === 1
      ? `${percent(gamut.share)} of the page`
      : `${percent(gamut.share)} of the pages, ${percent(worst!.gamut?.share ?? 0)} of page ${worst!.number},`;
  return [['gamut', `${whole} beyond the press (ΔE2000 over ${gamut.threshold})`]];
}

const spotRows = ({ colours: { spots } }: Made['manifest']): [string, string][] =>
  spots.length === 0
    ? []
    : [['spots', spots.map(({ name, step }) => (step ? `${name} (${step})` : name)).join(', ')]];

/** `12: cover, month × 11`; nothing for a product of one page. */
function pagesLine({ pages }: Made['manifest']): [string, string][] {
  if (pages.length === 1) return [];
  const counted = [...new Set(pages.map(({ kind }) => kind))].map((kind) => {
    const { length } = pages.filter((page) => page.kind === kind);
    return length === 1 ? kind : `${kind} × ${length}`;
  });
  return [['pages', `${pages.length}: ${counted.join(', ')}`]];
}

/** Lines about pictures that fit on a screen; the manifest has all. */
const SHOWN_PICTURES = 4;

function pictureLine({ pictures }: Made['manifest']): string {
  const lines = pictures.map(
    ({ widthPx, heightPx, ppi, sourcePpi, factor, method }) =>
      `${widthPx} × ${heightPx} px at ${Math.round(ppi)} ppi (${Math.round(sourcePpi)} ppi × ${factor}, ${method})`,
  );
  const different = [...new Set(lines)];
  const more = different.length - SHOWN_PICTURES;
  return [...different.slice(0, SHOWN_PICTURES), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}
