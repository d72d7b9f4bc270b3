/** An object's source; a stream is its dictionary's entries and its data. */
export type RawObject = string | { readonly dict: string; readonly data: string | Uint8Array };

/** A reference in raw source: objects are numbered from 1 in their order. */
export interface RawPage {
  /** pt: width and height. */
  readonly size?: readonly [number, number];
  readonly content: string | Uint8Array;
  /** The entries of the resources. */
  readonly resources?: string;
  /** Further entries of the page. */
  readonly entries?: string;
}

/**
 * A PDF of raw content, written byte by byte by no library: objects 1 to 4 are catalogue, pages, page and content;
 * those of `objects` follow from number 5.
 * @param catalog further entries of the catalogue
 */
export function rawPdf(page: RawPage, objects: readonly RawObject[] = [], catalog = ''): Buffer {
  const [width, height] = page.size ?? [200, 200];
  const all: RawObject[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << ${page.resources ?? ''} >> ${page.entries ?? ''} >>`,
    { dict: '', data: page.content },
    ...objects,
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.6\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]!.length;
  const add = (bytes: Buffer) => {
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [i, object] of all.entries()) {
    offsets.push(length);
    add(Buffer.from(`${i + 1} 0 obj\n`));
    if (typeof object === 'string') add(Buffer.from(object, 'latin1'));
    else {
      const data =
        typeof object.data === 'string' ? Buffer.from(object.data, 'latin1') : Buffer.from(object.data);
      add(Buffer.from(`<< ${object.dict} /Length ${data.length} >>\nstream\n`, 'latin1'));
      add(data);
      add(Buffer.from('\nendstream'));
    }
    add(Buffer.from('\nendobj\n'));
  }
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const end = `trailer\n<< /Size ${all.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  add(Buffer.from(`xref\n0 ${all.length + 1}\n0000000000 65535 f \n${table}${end}`));
  return Buffer.concat(parts);
}
