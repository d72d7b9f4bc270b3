import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import type { DemoPicture } from './collection.ts';
import { SIZE } from './styles/painter.ts';

/** Bytes of a PNG before its second chunk: the signature and IHDR (ISO/IEC 15948, 5.2 and 11.2.2). */
const AFTER_HEADER = 8 + 25;

/**
 * A demo picture as PNG: RGB, or RGBA where the cat is cut out; with what made it in tEXt chunks under PNG's own
 * keywords (ISO/IEC 15948, 11.3.4.2) and in XMP as IPTC's DigitalSourceType.
 * @param pixels SIZE × SIZE RGBA, 8 bit
 */
export async function encodeDemo(picture: DemoPicture, pixels: Uint8ClampedArray): Promise<Buffer> {
  const image = sharp(Buffer.from(pixels.buffer), { raw: { width: SIZE, height: SIZE, channels: 4 } });
  if (!picture.cutOut) image.removeAlpha();
  const png = await image
    .withXmp(sourceTypeXmp)
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toBuffer();
  const { painter, seed, title } = picture;
  const text = {
    Title: title,
    Author: 'printcat demo painter',
    Software: `printcat paint ${painter}`,
    Comment: JSON.stringify({ generator: 'printcat-painter', painter, seed, title }),
  };
  const chunks = Object.entries(text).map(([keyword, value]) => textChunk(keyword, value));
  return Buffer.concat([png.subarray(0, AFTER_HEADER), ...chunks, png.subarray(AFTER_HEADER)]);
}

/** A tEXt chunk: keyword, a zero byte, Latin-1 text. */
function textChunk(keyword: string, value: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${value}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** Made by a program without trained content: IPTC's term for that. */
const sourceTypeXmp = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
   Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
