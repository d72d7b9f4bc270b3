import { relative } from 'node:path';
import type { Made } from '../make.ts';
import type { Terminal } from '../terminal.ts';
import { Footnotes, table } from './table.ts';

const ROLES = {
  print: 'for the printer',
  proof: 'proof',
  gamut: 'out of gamut',
  report: 'preflight',
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
  const shown = files.map(({ role, path }) => {
    const near = relative(cwd, path);
    return [ROLES[role], near.startsWith('..') ? path : near] as const;
  });
  const width = Math.max(...shown.map(([role]) => role.length));
  for (const [role, path] of shown) terminal.print(`${role.padEnd(width)}  ${bold(path)}`);
  for (const { level, text } of manifest.notes) {
    if (level === 'warning') terminal.warn(text);
    else terminal.print(dim(`note: ${text}`));
  }
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

function gamutLine({ proof: { gamut } }: Made['manifest']): [string, string][] {
  if (!gamut) return [];
  const share = gamut.share > 0 && gamut.share < 0.01 ? 'under 1' : Math.round(gamut.share * 100);
  return [['gamut', `${share} % of the page beyond the press (ΔE2000 over ${gamut.threshold})`]];
}

const spotRows = ({ colours: { spots } }: Made['manifest']): [string, string][] =>
  spots.length === 0
    ? []
    : [['spots', spots.map(({ name, step }) => (step ? `${name} (${step})` : name)).join(', ')]];

function pictureLine({ pictures }: Made['manifest']): string {
  const lines = pictures.map(
    ({ widthPx, heightPx, ppi, sourcePpi, factor, method }) =>
      `${widthPx} × ${heightPx} px at ${Math.round(ppi)} ppi (${Math.round(sourcePpi)} ppi × ${factor}, ${method})`,
  );
  return [...new Set(lines)].join('; ');
}
