import { deflateSync } from 'node:zlib';
import { BOXES, INTENT, type PdfX, pdfX, profileHead, xmp } from './pdfx-builder.ts';
import type { Case } from './rules-content-cases.ts';

type Answers = Case['profiles'];
const E = 'error';
const W = 'warning';
const ghent = (severity: 'error' | 'warning' | null): Answers => ({
  sheetfed: severity,
  label: severity,
  digital: severity,
});

/** What a change makes of a PDF/X-4 in all profiles that ask for one, and of a PDF/X-1a. */
const x4 = (rule: string, what: string, changes: PdfX, severity: 'error' | 'warning' | null): Case => ({
  rule,
  what,
  file: pdfX('x4', changes),
  profiles: { ...ghent(severity), x4: severity },
});
const x1a = (rule: string, what: string, changes: PdfX, severity: 'error' | 'warning' | null): Case => ({
  rule,
  what,
  file: pdfX('x1a', changes),
  profiles: { x1a: severity },
});
const both = (rule: string, what: string, changes: PdfX, severity: 'error' | 'warning' | null): Case[] => [
  x4(rule, what, changes, severity),
  x1a(rule, what, changes, severity),
];
const page = (rule: string, what: string, changes: PdfX, answers: Answers): Case => ({
  rule,
  what,
  file: pdfX('x4', changes),
  profiles: answers,
});

const INFO = '/Title (Cat) /CreationDate (D:20260101000000Z) /ModDate (D:20260101000000Z)';
const X1A_2001 = '/GTS_PDFXVersion (PDF/X-1:2001) /GTS_PDFXConformance (PDF/X-1a:2001)';
const resource = (category: string, value: string): PdfX => ({
  resources: `/${category} << /R0 ${value} >>`,
});
const state = (entries: string) => resource('ExtGState', `<< ${entries} >>`);
const xobject = (entries: string, data: string | Uint8Array = ''): PdfX => ({
  ...resource('XObject', '100 0 R'),
  objects: { 100: { dict: `/Type /XObject ${entries}`, data } },
});
const IMAGE = '/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8';
const FORM = '/Subtype /Form /BBox [0 0 9 9]';
const annotation = (entries: string): PdfX => ({
  entries: `${BOXES} /Annots [<< /Type /Annot ${entries} >>]`,
});
const intent = (from: string, to: string): PdfX => ({ intents: `[${INTENT.replace(from, to)}]` });
const layers = (configuration: string): PdfX => ({
  catalog: `/OCProperties << /OCGs [100 0 R] /D << ${configuration} /Order [100 0 R] >> >>`,
  objects: { 100: '<< /Type /OCG /Name (Art) >>' },
});
const FONT = '/Type /Font /Subtype /TrueType /BaseFont /Cat /FirstChar 32 /LastChar 32 /Widths [500]';
const typed = (descriptor: string): PdfX => ({
  content: 'BT /R0 12 Tf 50 50 Td (a) Tj ET',
  ...resource(
    'Font',
    `<< ${FONT} /FontDescriptor << /Type /FontDescriptor /FontName /Cat ${descriptor} >> >>`,
  ),
  objects: { 100: { dict: '', data: 'font' } },
});
const utf16 = (packet: string) => Buffer.from(`\ufeff${packet}`, 'utf16le').swap16().toString('latin1');
const boxes = (entries: string): PdfX => ({ entries });

/** For every rule on structure files that break it and files that just keep it. */
export const STRUCTURE_CASES: readonly Case[] = [
  x4('PX-VERSION', 'PDF 1.7', { version: '1.7' }, E),
  x4('PX-VERSION', 'PDF 1.4 whose catalogue says 1.7', { version: '1.4', catalog: '/Version /1.7' }, E),
  x4('PX-VERSION', 'PDF 1.6', { version: '1.6' }, null),
  x1a('PX-VERSION', 'PDF 1.5', { version: '1.5' }, E),
  x1a('PX-VERSION', 'PDF 1.4', { version: '1.4' }, null),
  x1a(
    'PX-VERSION',
    'an object stream',
    { objects: { 100: { dict: '/Type /ObjStm /N 0 /First 0', data: '' } } },
    E,
  ),

  x4('PX-CLAIM', 'another version in XMP', { packet: xmp({ 'pdfxid:GTS_PDFXVersion': 'PDF/X-4p' }) }, E),
  x4('PX-CLAIM', 'a claim in the information alone', { packet: xmp({ 'pdfxid:GTS_PDFXVersion': null }) }, E),
  x4('PX-CLAIM', 'PDF/X-4 in XMP', {}, null),
  x1a('PX-CLAIM', 'PDF/X-3', { info: `${INFO} /Trapped /False /GTS_PDFXVersion (PDF/X-3:2002)` }, E),
  x1a(
    'PX-CLAIM',
    'PDF/X-1, which is not X-1a',
    { info: `${INFO} /Trapped /False /GTS_PDFXVersion (PDF/X-1:2001)` },
    E,
  ),
  x1a('PX-CLAIM', 'PDF/X-1a:2001', {}, null),
  x1a(
    'PX-CLAIM',
    'PDF/X-1a:2003',
    { info: `${INFO} /Trapped /False /GTS_PDFXVersion (PDF/X-1a:2003)` },
    null,
  ),

  ...both('PX-ID', 'no ID', { id: '' }, E),
  ...both('PX-ID', 'an ID of one part', { id: '/ID [<01>]' }, E),
  ...both('PX-ID', 'an ID of one byte twice', { id: '/ID [<01> <01>]' }, null),

  x1a(
    'PX-INFO',
    'no title',
    { info: `/CreationDate (D:2026) /ModDate (D:2026) /Trapped /False ${X1A_2001}` },
    E,
  ),
  x1a('PX-INFO', 'an empty title', { info: `${INFO.replace('(Cat)', '()')} /Trapped /False ${X1A_2001}` }, E),
  x1a('PX-INFO', 'a title and dates', {}, null),

  ...Object.keys({ 'dc:title': 0, 'xmp:CreateDate': 0, 'xmp:MetadataDate': 0, 'xmpMM:VersionID': 0 }).map(
    (tag) => x4('PX-XMP', `no ${tag}`, { packet: xmp({ [tag]: null }) }, E),
  ),
  x4('PX-XMP', 'no XMP', { packet: null }, E),
  x4('PX-XMP', 'what is no XMP', { packet: '\x8f\x00\x12encrypted with another key' }, E),
  x4('PX-XMP', 'all of it', {}, null),
  x4('PX-XMP', 'all of it in UTF-16', { packet: utf16(xmp()) }, null),
  x4('PX-XMP', 'all of it, a prefix of its own', { packet: xmp().replaceAll('xmpMM', 'mm') }, null),

  ...both('PX-TRAPPED', 'trapped by name Unknown', { info: `${INFO} /Trapped /Unknown ${X1A_2001}` }, E),
  x1a('PX-TRAPPED', 'no word', { info: `${INFO} ${X1A_2001}` }, E),
  x4('PX-TRAPPED', 'True here, False there', { info: `${INFO} /Trapped /True` }, E),
  x4('PX-TRAPPED', 'False in XMP alone', { info: INFO }, null),
  ...both('PX-TRAPPED', 'False', {}, null),

  ...both('PX-INTENT', 'none', { intents: '[]' }, E),
  ...both('PX-INTENT', "PDF/A's alone", intent('GTS_PDFX', 'GTS_PDFA1'), E),
  ...both('PX-INTENT', 'two', { intents: `[${INTENT} ${INTENT}]` }, E),
  ...both('PX-INTENT', 'no condition', intent('/OutputConditionIdentifier (FOGRA39)', ''), E),
  ...both('PX-INTENT', "a screen's profile", { profile: profileHead({ kind: 'mntr' }) }, E),
  ...both('PX-INTENT', 'a profile that is none', { profile: profileHead({ signature: 'cats' }) }, E),
  ...both('PX-INTENT', 'three components for CMYK', { components: 3 }, E),
  x4('PX-INTENT', 'a registered condition without a profile', intent('/DestOutputProfile 92 0 R', ''), E),
  x1a('PX-INTENT', 'a registered condition without a profile', intent('/DestOutputProfile 92 0 R', ''), null),
  x1a(
    'PX-INTENT',
    'an unregistered one without words',
    intent('/RegistryName (http://www.color.org) /Info (Coated)', ''),
    E,
  ),
  x4(
    'PX-INTENT',
    'a custom one without words',
    intent('(FOGRA39) /RegistryName (http://www.color.org) /Info (Coated)', '(Custom)'),
    W,
  ),
  x4('PX-INTENT', 'a custom one in words', intent('(FOGRA39)', '(Custom)'), null),
  x1a('PX-INTENT', 'a profile of ICC version 4', { profile: profileHead({ major: 4 }) }, E),
  x4('PX-INTENT', 'a profile of ICC version 5', { profile: profileHead({ major: 5 }) }, E),
  x4('PX-INTENT', 'a profile of ICC version 4', { profile: profileHead({ major: 4 }) }, null),
  ...both('PX-INTENT', 'one', {}, null),
  x4(
    'PX-INTENT',
    "one, and PDF/A's",
    { intents: `[${INTENT} ${INTENT.replace('GTS_PDFX', 'GTS_PDFA1')}]` },
    null,
  ),

  page('R0035', 'RGB', { profile: profileHead({ space: 'RGB' }), components: 3 }, ghent(E)),
  page('R0035', 'none', { intents: '[]' }, ghent(E)),
  page('R0035', 'CMYK', {}, ghent(null)),

  ...both('PX-BOX', 'no TrimBox', boxes('/BleedBox [1.5 1.5 198.5 198.5]'), E),
  ...both('PX-BOX', 'an ArtBox beside it', boxes(`${BOXES} /ArtBox [10 10 190 190]`), E),
  ...both(
    'PX-BOX',
    'a TrimBox 0.02 pt out of the BleedBox',
    boxes('/TrimBox [1.48 10 190 190] /BleedBox [1.5 1.5 198.5 198.5]'),
    E,
  ),
  ...both(
    'PX-BOX',
    'a BleedBox 0.02 pt out of the MediaBox',
    boxes('/TrimBox [10 10 190 190] /BleedBox [0 0 200.02 200]'),
    E,
  ),
  ...both('PX-BOX', 'all boxes the same', boxes('/TrimBox [0 0 200 200] /BleedBox [0 0 200 200]'), null),
  ...both('PX-BOX', 'an ArtBox alone', boxes('/ArtBox [10 10 190 190]'), null),

  page('R0002', 'a UserUnit of 1.1', boxes(`${BOXES} /UserUnit 1.1`), ghent(E)),
  page('R0002', 'a UserUnit of 1', boxes(`${BOXES} /UserUnit 1.0`), ghent(null)),
  page('R0003', 'a CropBox 0.02 pt smaller', boxes(`${BOXES} /CropBox [0 0 199.98 200]`), ghent(E)),
  page('R0003', 'a CropBox as the MediaBox', boxes(`${BOXES} /CropBox [0 0 200 200]`), ghent(null)),
  page(
    'R0004',
    'a page of 0.2 pt more',
    { pages: [{}, { entries: '/TrimBox [10 10 190.2 190]' }] },
    ghent(W),
  ),
  page(
    'R0004',
    'a page of 0.1 pt more',
    { pages: [{}, { entries: '/TrimBox [10 10 190.1 190]' }] },
    ghent(null),
  ),
  page(
    'R0004',
    'a page without a TrimBox on a larger sheet',
    { pages: [{ entries: '/TrimBox [0 0 200 200]' }, { entries: '', media: [0, 0, 200.2, 200] }] },
    ghent(W),
  ),
  page(
    'R0004',
    'a page without a TrimBox, as large as the other',
    { pages: [{ entries: '/TrimBox [0 0 200 200]' }, { entries: '', media: [0, 0, 200, 200] }] },
    ghent(null),
  ),
  page('R0004', 'a turned page', boxes(`${BOXES} /Rotate 90`), ghent(W)),
  page('R0004', 'a page turned all the way', boxes(`${BOXES} /Rotate 360`), ghent(null)),
  page('R0006', 'two pages', { pages: [{}, {}] }, { label: W }),
  page('R0006', 'one page', {}, { label: null }),

  ...both('PX-FONT', 'a font without its file', typed(''), E),
  ...both('PX-FONT', 'a font with it', typed('/FontFile2 100 0 R'), null),
  ...both(
    'PX-FONT',
    'a font without its file that nothing uses',
    { ...typed(''), content: '0 g 1 1 9 9 re f' },
    null,
  ),

  x4('PX-LAYERS', 'a default without a name', layers(''), E),
  x4('PX-LAYERS', 'a default that switches by itself', layers('/Name (All) /AS [<< /Event /View >>]'), E),
  x4('PX-LAYERS', 'a named default', layers('/Name (All)'), null),
  x1a('PX-LAYERS', 'layers', layers('/Name (All)'), E),
  x1a('PX-LAYERS', 'no layers', {}, null),

  x1a('PX-FILTER', 'LZW', xobject(`${IMAGE} /Filter /LZWDecode`, '\x80\x0b\x60\x50'), E),
  x1a('PX-FILTER', 'JPEG 2000', xobject(`${IMAGE} /Filter [/JPXDecode]`), E),
  x1a('PX-FILTER', '16 bits', xobject(IMAGE.replace('/BitsPerComponent 8', '/BitsPerComponent 16')), E),
  x1a('PX-FILTER', 'Flate', xobject(`${IMAGE} /Filter /FlateDecode`, deflateSync(Buffer.alloc(1))), null),

  ...both('PX-ANNOT', 'a note on the page', annotation('/Subtype /Text /Rect [50 50 60 60]'), E),
  ...both(
    'PX-ANNOT',
    'a note that reaches into the bleed',
    annotation('/Subtype /Text /Rect [198.4 50 200 60]'),
    E,
  ),
  ...both(
    'PX-ANNOT',
    'a note just outside the bleed',
    annotation('/Subtype /Text /Rect [198.5 50 200 60]'),
    null,
  ),
  ...both('PX-ANNOT', "a printer's mark", annotation('/Subtype /PrinterMark /Rect [50 50 60 60]'), null),

  ...both(
    'PX-ACTION',
    'a script when the file opens',
    { catalog: '/OpenAction << /S /JavaScript /JS (1) >>' },
    E,
  ),
  ...both(
    'PX-ACTION',
    'a link outside the bleed',
    annotation('/Subtype /Link /Rect [199 0 200 9] /A << /S /URI /URI (x) >>'),
    E,
  ),
  ...both(
    'PX-ACTION',
    'triggers of the page',
    boxes(`${BOXES} /AA << /O << /S /Named /N /NextPage >> >>`),
    E,
  ),
  ...both(
    'PX-ACTION',
    'a script by name',
    { catalog: '/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>' },
    E,
  ),
  ...both('PX-ACTION', 'the page on which the file opens', { catalog: '/OpenAction [10 0 R /Fit]' }, null),
  ...both('PX-FORM', 'a field', { catalog: '/AcroForm << /Fields [<< /FT /Tx /T (a) >>] >>' }, E),
  ...both('PX-FORM', 'an XML form', { catalog: '/AcroForm << /Fields [] /XFA (x) >>' }, E),
  ...both('PX-FORM', 'a form without fields', { catalog: '/AcroForm << /Fields [] >>' }, null),
  ...(['x4', 'x1a'] as const).flatMap((standard) => [
    (standard === 'x4' ? x4 : x1a)(
      'PX-FILES',
      'an attachment',
      {
        catalog:
          '/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 100 0 R >> >>] >> >>',
        objects: { 100: { dict: '/Type /EmbeddedFile', data: 'a' } },
      },
      standard === 'x4' ? W : E,
    ),
    (standard === 'x4' ? x4 : x1a)(
      'PX-FILES',
      'an empty list of them',
      { catalog: '/Names << /EmbeddedFiles << /Names [] >> >>' },
      null,
    ),
  ]),

  ...both('PX-TRANSFER', 'TR', state('/TR << /FunctionType 2 /Domain [0 1] /N 2 >>'), E),
  ...both('PX-TRANSFER', 'TR2 Identity', state('/TR2 /Identity'), E),
  ...both('PX-TRANSFER', 'TR2 Default', state('/TR2 /Default'), null),
  ...both('PX-HALFTONE', 'a halftone phase', state('/HTP [0 0]'), E),
  ...both('PX-HALFTONE', 'a halftone of type 6', state('/HT << /HalftoneType 6 >>'), E),
  ...both('PX-HALFTONE', 'a halftone with a name', state('/HT << /HalftoneType 1 /HalftoneName (a) >>'), E),
  ...both('PX-HALFTONE', 'a halftone of type 1', state('/HT << /HalftoneType 1 /Frequency 60 >>'), null),
  ...both('PX-POSTSCRIPT', 'a PostScript XObject', xobject('/Subtype /PS', 'showpage'), E),
  ...both('PX-POSTSCRIPT', 'a form that is one', xobject(`${FORM} /Subtype2 /PS`), E),
  ...both('PX-POSTSCRIPT', 'a form', xobject(FORM), null),
  ...both(
    'PX-ALTERNATE',
    'another that is printed',
    xobject(`${IMAGE} /Alternates [<< /Image 100 0 R /DefaultForPrinting true >>]`, 'a'),
    E,
  ),
  ...both(
    'PX-ALTERNATE',
    'another that is not printed',
    xobject(`${IMAGE} /Alternates [<< /Image 100 0 R >>]`, 'a'),
    W,
  ),
  ...both('PX-ALTERNATE', 'no other', xobject(`${IMAGE} /Alternates []`, 'a'), null),
  ...both('PX-ELSEWHERE', 'OPI', xobject(`${IMAGE} /OPI << /2.0 << /F (a) >> >>`, 'a'), E),
  ...both('PX-ELSEWHERE', "another file's page", xobject(`${FORM} /Ref << /F (a) /Page 0 >>`), E),
  ...both('PX-ELSEWHERE', 'data in another file', xobject(`${IMAGE} /F (a)`), E),
  ...both('PX-ELSEWHERE', 'an image with its data', xobject(IMAGE, 'a'), null),
];
