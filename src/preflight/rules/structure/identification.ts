import type { PDFDict } from 'pdf-lib';
import { name, nameOf } from '../../../press/pdf.ts';
import { textOf } from '../../content/layers.ts';
import { effectiveVersion } from '../../document/open.ts';
import type { Pdf } from '../../document/pdf.ts';
import type { Rule } from '../../model.ts';
import { error, everywhere } from '../levels.ts';
import { byStandard } from './objects.ts';
import { xmpValue } from './xmp.ts';

/** The document information dictionary. */
const informationOf = (pdf: Pdf): PDFDict | null => pdf.dict(pdf.context.trailerInfo.Info);

const informationText = (pdf: Pdf, key: string): string | null => {
  const info = informationOf(pdf);
  return info ? textOf(pdf.get(info, key)) : null;
};

/** The document's XMP packet; `null` where there is none. */
function packetOf(pdf: Pdf): string | null {
  const stream = pdf.streamOf(pdf.catalog?.get(name('Metadata')));
  if (!stream) return null;
  const bytes = pdf.bytes(stream);
  // ISO 16684-1, 7.3.2: UTF-8 as a rule; in UTF-16 every other byte of the `<` that it begins with is 0.
  const [first, second] = bytes;
  const isBig = first === 0xfe || first === 0;
  const isLittle = first === 0xff || second === 0;
  return new TextDecoder(isBig ? 'utf-16be' : isLittle ? 'utf-16le' : 'utf-8').decode(bytes);
}

export const version: Rule = {
  id: 'PX-VERSION',
  clause: 'ISO 15930-7:2010, 6.1; ISO 15930-1:2001, 6.1; ISO 15930-4:2003',
  title: 'The PDF version is none that is younger than the standard',
  hint: 'Export as PDF 1.6 for PDF/X-4, as PDF 1.3 or 1.4 for PDF/X-1a.',
  unit: 'PDF version',
  fails: 'above',
  levels: byStandard({ x4: error(1.6), x1a: error(1.4) }),
  check: ({ judge, report, profile }) => ({
    document(pdf) {
      const found = effectiveVersion(pdf);
      if (found === null) return report({ message: 'The file does not say which version of PDF it is' });
      judge(Number(found), { message: `The file is PDF ${found}` });
      // Compressed objects came with PDF 1.5, and a file may use them whatever its header says.
      if (
        profile.base === 'x1a' &&
        Buffer.from(pdf.file.buffer, pdf.file.byteOffset, pdf.file.byteLength).includes('/ObjStm')
      ) {
        report({ message: 'The file has compressed object streams (PDF 1.5)', key: 'streams' });
      }
    },
  }),
};

/** GTS_PDFXVersion of each edition, with the GTS_PDFXConformance that stands beside it. */
const X1A: readonly (readonly [version: string, conformance: string | null])[] = [
  ['PDF/X-1:2001', 'PDF/X-1a:2001'],
  ['PDF/X-1a:2003', null],
];

export const claim: Rule = {
  id: 'PX-CLAIM',
  clause: 'ISO 15930-7:2010, 6.15; ISO 15930-1:2001; ISO 15930-4:2003',
  title: 'The file says that it is PDF/X',
  hint: 'Export the file as PDF/X, by a program that knows the standard that the printer asks for.',
  levels: everywhere('error'),
  check: ({ report, profile }) => ({
    document(pdf) {
      if (profile.base === 'x1a') {
        const said = informationText(pdf, 'GTS_PDFXVersion');
        const conformance = informationText(pdf, 'GTS_PDFXConformance');
        if (X1A.some(([v, c]) => v === said && (c === null || c === conformance))) return;
        const named = [said, conformance].filter((word) => word !== null).join(', ');
        report({
          message: named ? `The file says it is ${named}` : 'The file does not say that it is PDF/X-1a',
          measured: named || 'nothing',
          threshold: 'PDF/X-1a:2001 or PDF/X-1a:2003',
        });
        return;
      }
      const packet = packetOf(pdf);
      const said = packet === null ? null : xmpValue(packet, 'pdfxid', 'GTS_PDFXVersion');
      if (said === 'PDF/X-4') return;
      const older = said ?? informationText(pdf, 'GTS_PDFXVersion');
      report({
        message: older ? `The file says it is ${older}` : 'The file does not say that it is PDF/X-4',
        measured: older ?? 'nothing',
        threshold: 'PDF/X-4',
      });
    },
  }),
};

export const identifier: Rule = {
  id: 'PX-ID',
  clause: 'ISO 15930-1:2001, -4:2003, -7:2010; ISO 32000-1, 14.4',
  title: 'The file has an identifier',
  hint: 'Save the file again by a program that writes one, or use --fix.',
  levels: everywhere('error'),
  check: ({ report }) => ({
    document(pdf) {
      const parts = pdf.array(pdf.context.trailerInfo.ID).map(textOf);
      if (parts.length !== 2 || parts.some((part) => !part)) report({ message: 'The trailer has no ID' });
    },
  }),
};

export const information: Rule = {
  id: 'PX-INFO',
  clause: 'ISO 15930-1:2001, -4:2003; ISO 32000-1, 14.3.3',
  title: 'Title and dates stand in the document information',
  hint: 'Give the document a title and export it again.',
  levels: byStandard({ x1a: error() }),
  check: ({ report }) => ({
    document(pdf) {
      for (const key of ['Title', 'CreationDate', 'ModDate']) {
        if (!informationText(pdf, key)) {
          report({ message: `The document information has no ${key}`, key });
        }
      }
    },
  }),
};

/** What PDF/X-4 wants in XMP beside its own name (ISO 15930-7:2010, 6.15). */
const PROPERTIES = [
  ['dc', 'title'],
  ['xmp', 'CreateDate'],
  ['xmp', 'ModifyDate'],
  ['xmp', 'MetadataDate'],
  ['xmpMM', 'DocumentID'],
  ['xmpMM', 'VersionID'],
  ['xmpMM', 'RenditionClass'],
] as const;

export const metadata: Rule = {
  id: 'PX-XMP',
  clause: 'ISO 15930-7:2010, 6.15; ISO 16684-1',
  title: 'Title, dates and identity stand in XMP',
  hint: 'Export the file as PDF/X-4, or let --fix write the XMP.',
  levels: byStandard({ x4: error() }),
  check: ({ report }) => ({
    document(pdf) {
      const packet = packetOf(pdf);
      if (packet === null) return report({ message: 'There is no XMP' });
      if (!/<(?:[\w-]+:)?RDF[\s>]/.test(packet)) return report({ message: 'The XMP cannot be read' });
      const missing = PROPERTIES.filter(([space, property]) => !xmpValue(packet, space, property));
      if (missing.length === 0) return;
      const names = missing.map((parts) => parts.join(':'));
      report({ message: `The XMP has no ${names.join(', ')}`, measured: names.join(', ') });
    },
  }),
};

export const trapped: Rule = {
  id: 'PX-TRAPPED',
  clause: 'ISO 15930-1:2001, -4:2003, -7:2010; ISO 32000-1, 14.11.6',
  title: 'The file says whether it is trapped',
  hint: 'Set Trapped to False where you did not trap the file yourself, or use --fix.',
  levels: everywhere('error'),
  check: ({ report, profile }) => ({
    document(pdf) {
      const info = informationOf(pdf);
      const entry = info && pdf.get(info, 'Trapped');
      const inInfo = nameOf(entry ?? undefined) ?? textOf(entry ?? undefined);
      const packet = profile.base === 'x1a' ? null : packetOf(pdf);
      const inXmp = packet === null ? null : xmpValue(packet, 'pdf', 'Trapped');
      const said = inInfo ?? inXmp;
      const known = said === 'True' || said === 'False';
      if (!known) {
        report({ message: 'The file does not say whether it is trapped', measured: said ?? 'nothing' });
      } else if (inInfo !== null && inXmp !== null && inInfo !== inXmp) {
        report({ message: `It is trapped by one account (${inInfo}) and not by the other (${inXmp})` });
      }
    },
  }),
};
