/** Namespaces of XMP (ISO 16684-1, 8; pdfxid is the PDF/X committee's), by their usual prefixes. */
const NAMESPACES = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  pdfxid: 'http://www.npes.org/pdfx/ns/id/',
} as const;

/**
 * The value of a property in an XMP packet, written as an attribute or as an element, under whatever prefix the
 * packet gives its namespace; of a list the first item. `null` where it is missing or empty.
 * @param space the namespace by its usual prefix
 */
export function xmpValue(packet: string, space: keyof typeof NAMESPACES, property: string): string | null {
  const uri = NAMESPACES[space].replaceAll('.', '\\.');
  const prefixes = [...packet.matchAll(new RegExp(`xmlns:([\\w-]{1,64})\\s*=\\s*["']${uri}["']`, 'g'))];
  for (const prefix of new Set(prefixes.map((match) => match[1]!))) {
    const tag = `${prefix}:${property}`;
    const attribute = new RegExp(`\\s${tag}\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`).exec(packet);
    const start = new RegExp(`<${tag}(?:\\s[^<>]*)?>`).exec(packet);
    const end = start ? packet.indexOf(`</${tag}>`, start.index) : -1;
    const inside = start && end > 0 ? packet.slice(start.index + start[0].length, end) : '';
    const words = (attribute?.[1] ?? attribute?.[2] ?? inside.replace(/<[^<>]*>/g, ' ')).trim();
    if (words) return words;
  }
  return null;
}
