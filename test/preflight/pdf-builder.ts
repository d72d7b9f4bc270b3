/**
 * Writes small PDFs from raw parts, by hand: no library, and nothing of the writer under test. What is asked for
 * stands in the file as it was written, right or wrong.
 */
export interface BuiltPage {
  /** Content operators. */
  readonly content: string;
  /** Entries of the resource dictionary: `/Font << /F1 5 0 R >>`. */
  readonly resources?: string;
  /** pt: x0 y0 x1 y1; 200 pt square without it. */
  readonly media?: readonly number[];
  /** Further entries of the page: `/Rotate 90 /TrimBox [10 10 190 190]`. */
  readonly entries?: string;
}

export interface Built {
  readonly pages: readonly BuiltPage[];
  /** Further objects by number, from 100 on: `<< … >>`, or a stream's dictionary with its data. */
  readonly objects?: Readonly<
    Record<number, string | { readonly dict: string; readonly data: string | Uint8Array }>
  >;
  /** Further entries of the catalogue. */
  readonly catalog?: string;
  readonly version?: string;
  /** Further entries of the trailer. */
  readonly trailer?: string;
}

/** A file of one page with that content. */
export const onePage = (
  content: string,
  resources = '',
  rest: Partial<BuiltPage> & Omit<Built, 'pages'> = { objects: {} },
) => buildPdf({ ...rest, pages: [{ ...rest, content, resources }] });

/** The file's bytes, with a right cross-reference table. Page 1 is object 10, its content 11, page 2 20 and so on. */
export function buildPdf({
  pages,
  objects = {},
  catalog = '',
  version = '1.6',
  trailer = '',
}: Built): Uint8Array {
  const parts: Buffer[] = [Buffer.from(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`, 'latin1')];
  const offsets = new Map<number, number>();
  let length = parts[0]!.length;
  const put = (number: number, body: string | { dict: string; data: string | Uint8Array }) => {
    offsets.set(number, length);
    const data = typeof body === 'string' ? null : Buffer.from(body.data as string, 'latin1');
    const pieces = [
      Buffer.from(`${number} 0 obj\n`, 'latin1'),
      ...(typeof body === 'string'
        ? [Buffer.from(body, 'latin1')]
        : [
            Buffer.from(`<< ${body.dict} /Length ${data!.length} >>\nstream\n`, 'latin1'),
            data!,
            Buffer.from('\nendstream', 'latin1'),
          ]),
      Buffer.from('\nendobj\n', 'latin1'),
    ];
    for (const piece of pieces) {
      parts.push(piece);
      length += piece.length;
    }
  };
  const numbers = pages.map((_, i) => (i + 1) * 10);
  put(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  put(2, `<< /Type /Pages /Count ${pages.length} /Kids [${numbers.map((n) => `${n} 0 R`).join(' ')}] >>`);
  for (const [i, page] of pages.entries()) {
    const n = numbers[i]!;
    const media = (page.media ?? [0, 0, 200, 200]).join(' ');
    put(
      n,
      `<< /Type /Page /Parent 2 0 R /MediaBox [${media}] /Contents ${n + 1} 0 R /Resources << ${page.resources ?? ''} >> ${page.entries ?? ''} >>`,
    );
    put(n + 1, { dict: '', data: page.content });
  }
  for (const [number, body] of Object.entries(objects)) put(Number(number), body);
  const size = Math.max(...offsets.keys()) + 1;
  const rows = Array.from({ length: size }, (_, n) => {
    const offset = offsets.get(n);
    return offset === undefined ? `0000000000 65535 f \n` : `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

/** A standard font under the name F1: `text('Cat', 12)` is black type of 12 pt. */
export const HELVETICA = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>';
