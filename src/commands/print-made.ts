import { relative } from 'node:path';
import type { Made } from '../make.ts';
import type { Terminal } from '../terminal.ts';

const ROLES = { print: 'for the printer', proof: 'proof', manifest: 'manifest' } as const;

/** The summary of a made order: what a printer's form asks for, what the user must know, where the files are. */
export function printMade({ manifest, files }: Made, terminal: Terminal, cwd: string): void {
  const { dim, bold } = terminal.colours;
  const fonts = manifest.fonts.map((font) => font.name).join(', ');
  const rows: [label: string, value: string, source?: string][] = [
    ...manifest.summary.map(
      ({ label, value, source }) => [label, value, source] as [string, string, string?],
    ),
    ['pictures', pictureLine(manifest)],
    [
      'colours',
      `CMYK, ${manifest.colours.condition} (${manifest.colours.profile}), ${manifest.colours.intent}`,
    ],
    ['standard', manifest.standard],
    ['fonts', `${fonts}, embedded`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  for (const [label, value, source] of rows) {
    terminal.print(`${dim(label.padEnd(width))}  ${value}${source ? dim(`  ← ${source}`) : ''}`);
  }
  terminal.print();
  for (const { role, path } of files) {
    const shown = relative(cwd, path);
    terminal.print(`${dim(ROLES[role].padEnd(width))}  ${bold(shown.startsWith('..') ? path : shown)}`);
  }
  for (const { level, text } of manifest.notes) {
    if (level === 'warning') terminal.warn(text);
  }
  const infos = manifest.notes.filter((note) => note.level === 'info');
  if (infos.length > 0) terminal.print();
  for (const { text } of infos) terminal.print(dim(`note: ${text}`));
}

function pictureLine({ pictures }: Made['manifest']): string {
  const lines = pictures.map(
    ({ widthPx, heightPx, ppi, sourcePpi, factor, method }) =>
      `${widthPx} × ${heightPx} px at ${Math.round(ppi)} ppi (${Math.round(sourcePpi)} ppi × ${factor}, ${method})`,
  );
  return [...new Set(lines)].join('; ');
}
