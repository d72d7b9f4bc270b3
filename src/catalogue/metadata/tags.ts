import ExifReader, { type ExpandedTags } from 'exifreader';

/** A file's metadata, by container. */
export interface Tags {
  /** PNG text chunks by keyword. */
  readonly text: Readonly<Record<string, string>>;
  /** EXIF UserComment, decoded. */
  readonly userComment: string | null;
  /** Dates of origin as they are written, the most trusted first. */
  readonly dates: readonly string[];
  /** Description of the ICC profile. */
  readonly profile: string | null;
  /** IPTC digital source type from XMP. */
  readonly digitalSourceType: string | null;
  /** Every tag as a JSON value, by group and name. */
  readonly raw: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Binary values longer than this are left to the original; `raw` says what they are, numbers. */
const MAX_ARRAY = 64;
/** Groups that repeat others (`png`), are no metadata (`Thumbnail`) or have a field of their own. */
const LEFT_OUT = ['png', 'Thumbnail', 'thumbnail', 'metadataRange', 'mpf'];
const XMP_KEYWORD = 'XML:com.adobe.xmp';

/**
 * Reads the metadata of a file's container.
 * @param bytes the file, with or without its pixels
 */
export async function readTags(bytes: Buffer): Promise<Tags> {
  const groups = await load(bytes);
  const text = stringsOf(groups.pngText);
  // libvips puts XMP in a compressed chunk, where ExifReader takes it for text; it can read it by itself.
  const xmp =
    groups.xmp ?? (text[XMP_KEYWORD] ? (await load(Buffer.from(text[XMP_KEYWORD]))).xmp : undefined);
  const userComment = decodeUserComment((groups.exif?.UserComment as { value?: unknown } | undefined)?.value);
  const exif = stringsOf(groups.exif);
  const zoned = (date: string | undefined, zone: string | undefined) => date && `${date}${zone ?? ''}`;
  return {
    text,
    userComment,
    dates: [
      zoned(exif.DateTimeOriginal, exif.OffsetTimeOriginal),
      zoned(exif.DateTimeDigitized, exif.OffsetTimeDigitized),
      stringsOf(xmp).CreateDate,
      text['Creation Time'],
      modificationTime(groups.png?.['Modify Date']?.value),
      zoned(exif.DateTime, exif.OffsetTime),
    ].filter((date) => date !== undefined),
    profile: stringsOf(groups.icc)['ICC Description'] ?? null,
    digitalSourceType: stringsOf(xmp).DigitalSourceType ?? null,
    raw: rawOf({ ...groups, ...(xmp && { xmp }) }, userComment),
  };
}

const load = (bytes: Buffer): Promise<ExpandedTags> =>
  ExifReader.load(bytes, { async: true, expanded: true });

/** The tags of a group that are text, trimmed of the zeros that EXIF pads with. */
function stringsOf(group: object | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(group ?? {}).flatMap(([name, tag]: [string, { value?: unknown } | undefined]) => {
      const value = Array.isArray(tag?.value) && tag.value.length === 1 ? tag.value[0] : tag?.value;
      return typeof value === 'string' ? [[name, value.replace(/\0+$/, '')]] : [];
    }),
  );
}

/** PNG's tIME: year, month, day, hour, minute, second, always UTC (ISO/IEC 15948, 11.3.4.5). */
function modificationTime(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length !== 6) return undefined;
  const [year, month, day, hour, minute, second] = value.map((n) => String(n).padStart(2, '0'));
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

/**
 * EXIF's UserComment begins with eight bytes that name its character code (Exif 2.32, 4.6.5). `UNICODE` is
 * UTF-16, whose byte order the standard leaves open: the zero bytes of its Latin letters tell it.
 */
function decodeUserComment(value: unknown): string | null {
  if (!Array.isArray(value) || value.length <= 8) return null;
  const bytes = Buffer.from(value as number[]);
  const code = bytes.toString('latin1', 0, 8);
  const body = bytes.subarray(8);
  if (!code.startsWith('UNICODE')) return body.toString('utf8').replace(/\0+$/, '');
  const zerosAt = (parity: number) => body.filter((byte, i) => byte === 0 && i % 2 === parity).length;
  return new TextDecoder(zerosAt(0) >= zerosAt(1) ? 'utf-16be' : 'utf-16le').decode(body).replace(/\0+$/, '');
}

function rawOf(groups: ExpandedTags, userComment: string | null): Tags['raw'] {
  return Object.fromEntries(
    Object.entries(groups)
      .filter(([name]) => !LEFT_OUT.includes(name))
      .map(([name, group]) => [
        name,
        Object.fromEntries(
          Object.entries(group as object).map(([tag, value]) => [
            tag,
            tag === 'UserComment' && userComment !== null ? userComment : rawValue(value),
          ]),
        ),
      ]),
  );
}

function rawValue(tag: unknown): unknown {
  if (typeof tag !== 'object' || tag === null || !('value' in tag))
    return typeof tag === 'object' ? null : tag;
  const { value, description } = tag as { value: unknown; description?: unknown };
  const plain =
    typeof value === 'string' ||
    typeof value === 'number' ||
    (Array.isArray(value) && value.length <= MAX_ARRAY && value.every((v) => typeof v !== 'object'));
  return plain ? value : (description ?? null);
}
