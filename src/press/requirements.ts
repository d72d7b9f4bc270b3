import type { PDFArray, PDFDocument } from 'pdf-lib';
import { ExitCode, PrintcatError } from '../errors.ts';
import { spaceFaults } from './colour-spaces.ts';
import { fontsOf } from './fonts.ts';
import { type Inspection, inspect } from './inspection.ts';
import { seeThrough } from './opaque.ts';
import { name, nameOf, numberOf } from './pdf.ts';
import type { Edition } from './standards.ts';
import { boxFaults, outputIntentFaults, profileFaults, textOf } from './structure-faults.ts';

/** Something that a file of a standard must be or must not have. */
interface Requirement {
  readonly id: string;
  /** The rule, and where it comes from. */
  readonly rule: string;
  /** The editions that it holds for. */
  readonly holds: (edition: Edition) => boolean;
  /** Each way in which the file breaks it, in words that follow "the file has" or stand alone. */
  readonly broken: (file: Inspection, edition: Edition) => string[];
  /** What a user can do about it; without one, a break is a mistake of the program. */
  readonly hint?: string;
}

const always = (): boolean => true;
const isPdfX = ({ version }: Edition): boolean => version !== null;
const isOpaque = ({ live }: Edition): boolean => !live;

/** Dictionary entries that no file for print has (ISO 15930-1, -4 and -7 alike), each with what it would be. */
const FORBIDDEN_KEYS: Readonly<Record<string, string>> = {
  OPI: 'an OPI comment, which points to a picture elsewhere',
  Alternates: 'an alternate image',
  Ref: 'a form that stands for a page of another file',
  PS: 'a PostScript fragment',
  JS: 'a script',
  JavaScript: 'a script',
  AA: 'an action',
  OpenAction: 'an action',
  AcroForm: 'a form to fill in',
  Annots: 'an annotation',
  EmbeddedFiles: 'an embedded file',
  EF: 'an embedded file',
  AF: 'an embedded file',
  XFA: 'an XML form',
  UserUnit: 'a unit of its own',
  HTP: 'a halftone phase',
};

/** Stream filters that a standard forbids: LZW by all, those younger than its PDF version by PDF/X-1a. */
const FILTERS_OF_NONE = ['LZWDecode', 'LZW', 'Crypt'];
const FILTERS_TOO_YOUNG = ['JPXDecode', 'JBIG2Decode'];

/** What every standard asks for, in the order in which a reader of the file comes upon it. */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'version',
    rule: 'The header names the PDF version of the standard (ISO 15930-7:2010, 6.1; ISO 15930-1:2001, 6.1).',
    holds: always,
    broken: ({ doc }, { pdf: [major, minor] }) => {
      const found = /\d\.\d/.exec(doc.context.header.toString())?.[0];
      return found === `${major}.${minor}` ? [] : [`PDF version ${found} instead of ${major}.${minor}`];
    },
  },
  {
    id: 'identification',
    rule: 'GTS_PDFXVersion stands in the document information, GTS_PDFXConformance beside it where the edition has one; a file that is no PDF/X says nothing of the kind.',
    holds: always,
    broken: ({ reader, info }, { version, conformance }) => {
      const said = [textOf(reader, info, 'GTS_PDFXVersion'), textOf(reader, info, 'GTS_PDFXConformance')];
      const wanted = [version, conformance ?? null];
      const keys = ['GTS_PDFXVersion', 'GTS_PDFXConformance'];
      return keys.flatMap((key, i) =>
        said[i] === wanted[i] ? [] : [`${key} ${said[i] ?? '(none)'} instead of ${wanted[i] ?? '(none)'}`],
      );
    },
  },
  {
    id: 'xmp',
    rule: 'PDF/X-4 is identified in XMP, with dates, document and version ID, rendition class and trapping (ISO 15930-7:2010, 6.15).',
    holds: ({ xmp, version }) => xmp && version !== null,
    broken: ({ doc, reader }, { version }) => {
      const metadata = doc.catalog.get(name('Metadata'));
      if (!metadata) return ['no XMP'];
      const packet = Buffer.from(reader.bytes(reader.stream(metadata))).toString('utf8');
      const wanted = [
        `<pdfxid:GTS_PDFXVersion>${version}<`,
        ...['xmp:CreateDate', 'xmp:ModifyDate', 'xmp:MetadataDate', 'dc:title', 'pdf:Trapped'].map(
          (tag) => `<${tag}>`,
        ),
        ...['xmpMM:DocumentID', 'xmpMM:VersionID', 'xmpMM:RenditionClass'].map((tag) => `<${tag}>`),
      ];
      return wanted
        .filter((part) => !packet.includes(part))
        .map((part) => `XMP without ${part.slice(1, -1)}`);
    },
  },
  {
    id: 'information',
    rule: 'Title, creator, producer, both dates and whether it is trapped stand in the document information.',
    holds: always,
    broken: ({ reader, info }) => {
      const missing = ['Title', 'Creator', 'Producer', 'CreationDate', 'ModDate'].filter(
        (key) => textOf(reader, info, key) === null,
      );
      const trapped = info ? nameOf(reader.get(info, 'Trapped')) : null;
      return [
        ...missing.map((key) => `no ${key}`),
        ...(trapped === 'True' || trapped === 'False' ? [] : ['no word on whether it is trapped']),
      ];
    },
  },
  {
    id: 'identifier',
    rule: 'The trailer has a file identifier.',
    holds: always,
    broken: ({ doc, reader }) => {
      const id = reader.deref(doc.context.trailerInfo.ID);
      const parts = id && 'asArray' in id ? (id as PDFArray).asArray() : [];
      return parts.length === 2 ? [] : ['no file identifier'];
    },
  },
  {
    id: 'encryption',
    rule: 'The file is not encrypted.',
    holds: always,
    broken: ({ doc }) => (doc.context.trailerInfo.Encrypt ? ['encryption'] : []),
  },
  {
    id: 'output-intent',
    rule: 'There is one output intent: a condition by name, from the registry or explained, and its profile embedded.',
    holds: always,
    broken: outputIntentFaults,
  },
  {
    id: 'profile',
    rule: 'The profile of the output intent is a printer’s, of the colours that the file is written in (PDF/X), in a version of ICC that the PDF version knows.',
    holds: always,
    broken: profileFaults,
    hint: 'Use an output profile (class prtr, CMYK) of ICC version 2, or --standard x4.',
  },
  {
    id: 'boxes',
    rule: 'Every page has a trim box, within the bleed box, within the media box.',
    holds: always,
    broken: ({ reader, pages }) =>
      pages.flatMap((page, i) => boxFaults(reader, page).map((f) => `page ${i + 1} ${f}`)),
  },
  {
    id: 'fonts',
    rule: 'Every font is embedded.',
    holds: always,
    broken: ({ doc }) =>
      fontsOf(doc).flatMap((font) => (font.embedded ? [] : [`font ${font.name}, which is not embedded`])),
    hint: 'Name the font in template.json, from a package that brings its files.',
  },
  {
    id: 'colours',
    rule: 'Colours are inks and spots alone (PDF/X-1a; printcat keeps to it in PDF/X-4), or RGB and grey alone.',
    holds: always,
    broken: (file, { space }) => spaceFaults(file, space),
  },
  {
    id: 'transparency',
    rule: 'Nothing lets anything show through (ISO 15930-1:2001, 6.3.5).',
    holds: isOpaque,
    broken: ({ reader, dicts }) => {
      const found = [...new Set(dicts.flatMap((dict) => seeThrough(reader, dict)))];
      const causes = found.filter((reason) => reason !== 'a transparency group');
      return causes.length > 0 ? causes : found;
    },
    hint: 'Use --standard x4, or a template and a picture without transparency.',
  },
  {
    id: 'layers',
    rule: 'PDF/X-1a has no layers; those of PDF/X-4 have a named default and do not switch by themselves.',
    holds: isPdfX,
    broken: ({ doc, reader, dicts, content }, { live }) => {
      const properties = reader.dict(doc.catalog.get(name('OCProperties')));
      if (!live) {
        const used = dicts.some((dict) => dict.has(name('OC'))) || content().tags.has('OC');
        return properties || used ? ['layers (optional content)'] : [];
      }
      const usual = properties && reader.dict(properties.get(name('D')));
      if (!properties) return [];
      if (!usual) return ['layers without a default'];
      return [
        ...(usual.has(name('Name')) ? [] : ['a default of its layers without a name']),
        ...(usual.has(name('AS')) ? ['layers that switch by themselves'] : []),
      ];
    },
  },
  {
    id: 'filters',
    rule: 'No stream is packed by LZW or by a filter younger than the PDF version.',
    holds: always,
    broken: ({ reader, dicts }, { live }) => {
      const forbidden = [...FILTERS_OF_NONE, ...(live ? [] : FILTERS_TOO_YOUNG)];
      const used = dicts.flatMap((dict) => {
        const filter = reader.get(dict, 'Filter');
        const list = filter && 'asArray' in filter ? (filter as PDFArray).asArray() : [filter];
        return list.map((item) => nameOf(reader.deref(item)) ?? '');
      });
      return [...new Set(used)]
        .filter((used) => forbidden.includes(used))
        .map((used) => `the filter ${used}`);
    },
  },
  {
    id: 'nothing-else',
    rule: 'No actions, scripts, annotations, embedded files, PostScript, OPI, alternates or references to other files.',
    holds: always,
    broken: ({ reader, dicts }) => {
      const keys = Object.keys(FORBIDDEN_KEYS).filter((key) => dicts.some((dict) => dict.has(name(key))));
      const postScript = dicts.some((dict) => nameOf(reader.get(dict, 'Subtype')) === 'PS');
      return [
        ...new Set(keys.map((key) => FORBIDDEN_KEYS[key]!)),
        ...(postScript ? ['a PostScript XObject'] : []),
      ];
    },
  },
  {
    id: 'transfer',
    rule: 'No graphics state has a transfer function or a halftone.',
    holds: isPdfX,
    broken: ({ reader, dicts }) => {
      // A soft mask's own TR is another matter; `Default` is none.
      const states = dicts.filter(
        (dict) => !['Luminosity', 'Alpha'].includes(nameOf(reader.get(dict, 'S')) ?? ''),
      );
      const has = (key: string) =>
        states.some((dict) => dict.has(name(key)) && nameOf(reader.get(dict, key)) !== 'Default');
      return [
        ...(has('TR') || has('TR2') ? ['a transfer function'] : []),
        ...(has('HT') ? ['a halftone'] : []),
      ];
    },
  },
  {
    id: 'depth',
    rule: 'PDF 1.3 and 1.4 know images of up to 8 bits a component.',
    holds: isOpaque,
    broken: ({ reader, dicts }) =>
      dicts.some((dict) => numberOf(reader.get(dict, 'BitsPerComponent')) === 16 && dict.has(name('Width')))
        ? ['an image of 16 bits a component']
        : [],
  },
];

/** A requirement that a file does not meet, with every way in which it does not. */
export interface Violation {
  readonly id: string;
  readonly found: readonly string[];
  readonly hint?: string;
}

/** Everything in which a document is not of its standard; empty where it is. */
export function violations(doc: PDFDocument, edition: Edition): Violation[] {
  const file = inspect(doc);
  return REQUIREMENTS.filter(({ holds }) => holds(edition)).flatMap(({ id, broken, hint }) => {
    const found = broken(file, edition);
    return found.length > 0 ? [{ id, found, ...(hint && { hint }) }] : [];
  });
}

/**
 * The gate before a file is written.
 * @throws PrintcatError with everything in which the document is not of its standard
 */
export function requireStandard(doc: PDFDocument, edition: Edition): void {
  const found = violations(doc, edition);
  const [first] = found;
  if (!first) return;
  const listed = (list: readonly Violation[]) => list.flatMap((violation) => violation.found).join(', ');
  if (found.every(({ id }) => id === 'transparency')) {
    throw new PrintcatError(`${edition.title} allows no transparency, but the page has ${listed(found)}`, {
      ...(first.hint && { hint: first.hint }),
    });
  }
  const ours = found.find(({ hint }) => !hint);
  throw new PrintcatError(`The file would not be ${edition.title}: it has ${listed(found)}`, {
    hint: ours ? 'Use another --standard, and please report it.' : first.hint!,
    exitCode: ours ? ExitCode.failed : ExitCode.usage,
  });
}
