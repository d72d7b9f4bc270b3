import type { PDFDict } from 'pdf-lib';
import { name, nameOf, numberOf } from '../../../press/pdf.ts';
import { textOf } from '../../content/layers.ts';
import type { Pdf } from '../../document/pdf.ts';
import type { Rule } from '../../model.ts';
import { error, everywhere } from '../levels.ts';

/** The output intents that are PDF/X's. */
const intentsOf = (pdf: Pdf): PDFDict[] =>
  pdf
    .array(pdf.catalog?.get(name('OutputIntents')))
    .map((item) => pdf.dict(item))
    .filter((dict) => dict !== null && nameOf(pdf.get(dict, 'S')) === 'GTS_PDFX')
    .filter((dict) => dict !== null);

/** What an ICC profile's head says of it (ICC.1, 7.2). */
interface ProfileHead {
  readonly major: number;
  readonly kind: string;
  readonly space: string;
  readonly genuine: boolean;
  /** Components that the PDF gives it. */
  readonly components: number | null;
}

function profileHead(pdf: Pdf, intent: PDFDict): ProfileHead | null {
  const stream = pdf.streamOf(intent.get(name('DestOutputProfile')));
  if (!stream) return null;
  const bytes = Buffer.from(pdf.bytes(stream));
  const four = (at: number) => bytes.toString('latin1', at, at + 4);
  return {
    major: bytes[8] ?? 0,
    kind: four(12),
    space: four(16).trim(),
    genuine: four(36) === 'acsp',
    components: numberOf(pdf.get(stream.dict, 'N')),
  };
}

const COMPONENTS: Readonly<Record<string, number>> = { CMYK: 4, RGB: 3, GRAY: 1 };
/** Where conditions are registered by name; their profiles may stay out of a PDF/X-1a. */
const REGISTRY = /^https?:\/\/www\.color\.org\/?/;

export const outputIntent: Rule = {
  id: 'PX-INTENT',
  clause: 'ISO 15930-7:2010, 6.2.2; ISO 15930-1:2001, -4:2003; ISO 32000-1, 14.11.5',
  title: 'There is one PDF/X output intent, with a printer’s profile',
  hint: 'Export as PDF/X with the output profile of the printing condition, for example FOGRA39.',
  levels: everywhere('error'),
  check: ({ report, profile: { base } }) => ({
    document(pdf) {
      const intents = intentsOf(pdf);
      const [intent] = intents;
      if (!intent) return report({ message: 'There is no PDF/X output intent', key: 'none' });
      const wrong = (message: string) => report({ message, key: message });
      if (intents.length > 1) wrong(`There are ${intents.length} PDF/X output intents`);
      const text = (key: string) => textOf(pdf.get(intent, key));
      if (!text('OutputConditionIdentifier')) wrong('The output intent names no printing condition');
      const head = profileHead(pdf, intent);
      const registered =
        REGISTRY.test(text('RegistryName') ?? '') && text('OutputConditionIdentifier') !== 'Custom';
      if (!head) {
        if (base !== 'x1a' || !registered) wrong('The output intent has no profile');
        else return;
      }
      if (base === 'x1a' && !registered && !text('Info')) {
        wrong('The printing condition is neither registered nor explained');
      }
      // ISO 32000-1, table 365: Info is required then, but the profile says to machines all that it could.
      if (base !== 'x1a' && text('OutputConditionIdentifier') === 'Custom' && !text('Info')) {
        const message = 'The printing condition is a custom one, and no words say which';
        report({ message, key: message, severity: 'warning' });
      }
      if (!head) return;
      if (!head.genuine) return wrong('The output profile is no ICC profile');
      if (head.kind !== 'prtr') wrong(`The output profile is no printer’s (class ${head.kind})`);
      if (COMPONENTS[head.space] !== head.components) {
        wrong(`The output profile is for ${head.space} but says that it has ${head.components} components`);
      }
      if (base === 'x1a' && head.space !== 'CMYK') wrong(`The output profile is for ${head.space}, not CMYK`);
      if (head.major > (base === 'x1a' ? 2 : 4)) {
        wrong(`The output profile is of ICC version ${head.major}, which this PDF version does not know`);
      }
    },
  }),
};

export const cmykIntent: Rule = {
  id: 'R0035',
  clause: 'GWG 2022 R0035',
  title: 'The output intent is CMYK',
  hint: 'Export with a CMYK output profile: sheetfed and digital presses print inks.',
  levels: { sheetfed: error(), label: error(), digital: error() },
  check: ({ report }) => ({
    document(pdf) {
      const spaces = intentsOf(pdf).map((intent) => profileHead(pdf, intent)?.space ?? 'nothing');
      if (spaces.includes('CMYK')) return;
      report({
        message:
          spaces.length > 0 ? `The output intent is for ${spaces[0]}` : 'There is no CMYK output intent',
        measured: spaces[0] ?? 'nothing',
        threshold: 'CMYK',
      });
    },
  }),
};
