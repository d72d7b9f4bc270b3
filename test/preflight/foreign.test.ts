import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/preflight/inspect.ts';
import type { Finding, Measured, Unjudged } from '../../src/preflight/model.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { pdfBoxes, pdfFonts, pdfImages } from '../judges/index.ts';
import { judge } from '../judges/tool.ts';

const FOLDER = fileURLToPath(new URL('foreign/', import.meta.url));
const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.pdf'))
  .map((file) => file.slice(0, -'.pdf'.length));
const pathOf = (name: string): string => `${FOLDER}${name}.pdf`;
const judged = (name: string, profile: string) =>
  inspect(readFileSync(pathOf(name)), { profile: profileNamed(profile) });

/** Those that the judges cannot open either, or mend in their own way. */
const BROKEN = ['qpdf-password', 'pdftex-damaged'];
const WHOLE = NAMES.filter((name) => !BROKEN.includes(name));

/** What CHECKED.md says of each file: findings as `E R0031 p1 | words`, then what was not judged. */
const EXPECTED: ReadonlyMap<string, readonly string[]> = new Map(
  readFileSync(`${FOLDER}CHECKED.md`, 'utf8')
    .split(/^## /m)
    .map((section) => section.split('\n'))
    .map(
      ([heading = '', ...lines]) =>
        [
          heading,
          lines.flatMap((text) => {
            const [, finding, says] = text.split(/(?<!\\)\|/).map((cell) => cell.trim());
            if (finding && says && /^[EW] /.test(finding))
              return [`${finding} | ${says.replaceAll('\\|', '|')}`];
            return text.startsWith('- not judged') ? [text] : [];
          }),
        ] as const,
    )
    .filter(([heading]) => NAMES.some((name) => heading.startsWith(`${name} `))),
);

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
const words = (value: Measured | string): string =>
  typeof value === 'string' ? value : `${rounded(value.value, 4)} ${value.unit}`.trim();

/** A finding as CHECKED.md writes it. */
function line({ severity, rule, page, count, message, measured, threshold, object, box }: Finding): string {
  const head = [severity === 'error' ? 'E' : 'W', rule, ...(page === null ? [] : [`p${page}`])];
  if (count > 1) head.push(`×${count}`);
  let says = message;
  if (measured !== undefined && !says.includes(words(measured))) says += ` [${words(measured)}]`;
  if (threshold !== undefined) says += ` [against ${words(threshold)}]`;
  if (object && !says.includes(object)) says += ` (${object})`;
  if (box) says += ` at ${[box.x, box.y, box.width, box.height].map((mm) => rounded(mm, 2)).join(' ')}`;
  return `${head.join(' ')} | ${says}`;
}

const notJudged = ({ page, what, why }: Unjudged): string =>
  `- not judged${page === null ? '' : ` on p${page}`}: ${what} (${why})`;

describe('foreign files', () => {
  it('are at least twenty, and each has its expectation', () => {
    expect(NAMES.length).toBeGreaterThanOrEqual(20);
    expect(NAMES.filter((name) => !EXPECTED.has(`${name} sheetfed`))).toEqual([]);
  });

  it.each([...EXPECTED])('%s: all that CHECKED.md says, and no more', async (key, lines) => {
    const [name, profile] = key.split(' ') as [string, string];
    const { findings, unjudged } = await judged(name, profile);
    // Ink is compared with Ghostscript's in ink.test.ts.
    const left = unjudged.filter(({ what }) => what !== 'total ink');
    expect([...findings.map(line), ...left.map(notJudged)]).toEqual(lines);
  });

  it('have every row of CHECKED.md with another program and its answer', () => {
    const rows = readFileSync(`${FOLDER}CHECKED.md`, 'utf8').match(/^\| [EW] .*$/gm) ?? [];
    expect(rows.length).toBeGreaterThan(400);
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()));
    expect(cells.filter((row) => row.length !== 7)).toEqual([]);
    expect(cells.filter((row) => !/^(agreed|fixed|right)/.test(row[5]!) || !row[3] || !row[4])).toEqual([]);
  });

  it.each(WHOLE)('%s has the pages that pdfinfo sees', async (name) => {
    const { pages } = await judged(name, 'x4');
    const { pages: count } = await pdfBoxes(pathOf(name));
    expect(pages).toHaveLength(count);
    for (const page of pages) {
      const { MediaBox, TrimBox } = (await pdfBoxes(pathOf(name), page.number)).boxes;
      const mm = (pt: number) => (pt * page.userUnit * 25.4) / 72;
      const sides = [MediaBox[2] - MediaBox[0], MediaBox[3] - MediaBox[1]].map(mm);
      const turned = page.rotate % 180 === 90;
      const shown = turned ? sides.toReversed() : sides;
      expect(Math.abs(page.media.width - shown[0]!)).toBeLessThan(0.01);
      expect(Math.abs(page.media.height - shown[1]!)).toBeLessThan(0.01);
      if (!page.trim) continue;
      const trimmed = [TrimBox[2] - TrimBox[0], TrimBox[3] - TrimBox[1]].map(mm);
      expect(Math.abs((turned ? page.trim.height : page.trim.width) - trimmed[0]!)).toBeLessThan(0.01);
    }
  });

  it.each(WHOLE)('%s is encrypted where pdfinfo says so', async (name) => {
    const { file } = await judged(name, 'x4');
    expect(file.encrypted).toBe(/^Encrypted:\s+yes/m.test(await judge('pdfinfo', pathOf(name))));
  });

  it.each(WHOLE)('%s has no font missing that pdffonts finds embedded', async (name) => {
    const { findings } = await judged(name, 'x4');
    const missing = new Set(findings.filter(({ rule }) => rule === 'PX-FONT').map(({ object }) => object));
    const fonts = await pdfFonts(pathOf(name));
    const bare = fonts.filter(({ embedded }) => !embedded).map((font) => font.name);
    // The form's fields are empty: the font that they would be filled in with is not used.
    expect([...missing]).toEqual(name === 'libreoffice-form' ? [] : bare);
  });

  it.each(WHOLE)('%s has the coarse pictures that pdfimages lists', async (name) => {
    const { findings } = await judged(name, 'sheetfed');
    const coarse = findings
      .filter(({ rule, severity }) => severity === 'error' && (rule === 'R0031' || rule === 'R0032'))
      .map(({ page, measured }) => [page, Math.round(typeof measured === 'object' ? measured.value : 0)]);
    const listed = (await pdfImages(pathOf(name)))
      .filter(({ type, width, height }) => ['image', 'stencil'].includes(type) && (width > 16 || height > 16))
      .map(({ page, bpc, comp, xPpi, yPpi }) => ({ page, bits: bpc * comp, ppi: Math.min(xPpi, yPpi) }))
      .filter(({ bits, ppi }) => ppi <= (bits === 1 ? 549 : 149))
      .map(({ page, ppi }) => [page, ppi]);
    // pdfimages does not follow patterns, and lists pictures in soft masks, which are no pictures.
    const known: Readonly<Record<string, number[][]>> = {
      'chromium-screen': [
        [1, 77],
        [2, 72],
      ],
      'rsvg-transparency': [],
      'pdfunite-two': [],
    };
    expect(coarse.toSorted()).toEqual((known[name] ?? listed).toSorted());
  });
});
