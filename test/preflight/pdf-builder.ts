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
  rest: Omit<Built, 'pages'> & Partial<BuiltPage> = {},
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

/** A resource: Helvetica under the name F1. */
export const HELVETICA = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>';

/** Text of `size` pt in the colour that `colour` sets: `0 0 0 1 k`. */
export const text = (size: number, colour: string, words = 'Cat'): string =>
  `${colour} BT /F1 ${size} Tf 40 100 Td (${words}) Tj ET`;

/** A horizontal line of 100 pt, `width` pt wide, in the colour that `colour` sets: `0 0 0 1 K`. */
export const line = (width: number, colour: string): string => `${colour} ${width} w 40 50 m 140 50 l S`;

/** A resource: graphics states that overprint with mode 1 (`Over1`), with mode 0 (`Over0`). */
export const OVERPRINT =
  '/ExtGState << /Over1 << /OP true /op true /OPM 1 >> /Over0 << /OP true /op true /OPM 0 >> >>';

/** A spot's colour space over CMYK, full strength being `cmyk`. */
export const separation = (spot: string, cmyk = '0 1 0 0'): string =>
  `[/Separation /${spot.replaceAll(' ', '#20')} /DeviceCMYK << /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [${cmyk}] /N 1 >>]`;

/** An image of `px` × `px`, of which only the dictionary matters: `/Im0 Do` draws it. */
export const imageObject = (px: number, entries = '/ColorSpace /DeviceCMYK /BitsPerComponent 8') => ({
  dict: `/Type /XObject /Subtype /Image /Width ${px} /Height ${px} ${entries}`,
  data: '',
});
