import { readFileSync } from 'node:fs';
import type { Expectation, ProfileName, Severity } from '../../src/preflight/model.ts';
import { HELVETICA, imageObject, line, OVERPRINT, onePage, separation, text } from './pdf-builder.ts';

/** What a rule must say of a file: its severity in a profile, or nothing. */
export interface Case {
  readonly rule: string;
  readonly what: string;
  readonly file: Uint8Array;
  readonly profiles: Partial<Record<ProfileName, Severity | null>>;
  readonly measured?: number;
  readonly expect?: Expectation;
}

const on = (
  rule: string,
  what: string,
  file: Uint8Array,
  profiles: Case['profiles'],
  more: Pick<Case, 'measured' | 'expect'> = {},
): Case => ({ rule, what, file, profiles, ...more });

const E = 'error';
const W = 'warning';
const all = (severity: Severity | null) => ({ sheetfed: severity, label: severity, digital: severity });
const TYPE = `${HELVETICA} ${OVERPRINT}`;
/** The smallest step of a length in PDF, pt: its four decimals are judged with a part in ten thousand to spare. */
const STEP = 0.01;

const sized = (size: number, colour: string, resources = TYPE) => onePage(text(size, colour), resources);
const stroked = (width: number, colour: string, resources = TYPE) => onePage(line(width, colour), resources);
const filled = (content: string, resources = TYPE, entries = '') => onePage(content, resources, { entries });
const spots = (...names: string[]) => {
  const spaces = names.map((name, i) => `/S${i} ${separation(name)}`).join(' ');
  const boxes = names.map((_, i) => `/S${i} cs 1 scn ${10 + i * 30} 10 20 20 re f`).join(' ');
  return onePage(boxes, `/ColorSpace << ${spaces} >>`);
};
/** A square image of `px` whose side is so long that it has `ppi`. */
const image = (px: number, ppi: number, entries?: string, more = '1 0 0 0 k 1 1 5 5 re f') => {
  const side = (px * 72) / ppi;
  return onePage(
    `q ${side.toFixed(6)} 0 0 ${side.toFixed(6)} 2 2 cm /Im0 Do Q ${more}`,
    '/XObject << /Im0 100 0 R >>',
    {
      media: [0, 0, Math.ceil(side) + 4, Math.ceil(side) + 4],
      objects: { 100: imageObject(px, entries), 101: { dict: '/N 3', data: '' } },
    },
  );
};
const BITMAP = '/ColorSpace /DeviceGray /BitsPerComponent 1';
const form = (group: string, content = '1 0 0 0 k 0 0 50 50 re f') => ({
  dict: `/Type /XObject /Subtype /Form /BBox [0 0 100 100] ${group}`,
  data: content,
});
const group = (space: string) => `/Group << /S /Transparency /CS /${space} /I true >>`;
const drawn = (groupEntry: string) =>
  onePage('/Fm0 Do', '/XObject << /Fm0 100 0 R >>', { objects: { 100: form(groupEntry) } });
const layered = (step: string) =>
  onePage(
    '/OC /L0 BDC /S0 CS 1 SCN 20 20 100 100 re S EMC',
    `/ColorSpace << /S0 ${separation('Cut Line')} >> /Properties << /L0 100 0 R >>`,
    {
      objects: { 100: `<< /Type /OCG /Name (Die) ${step} >>` },
      catalog: '/OCProperties << /OCGs [100 0 R] /D << /Order [100 0 R] >> >>',
    },
  );
const ICC = '/ColorSpace << /I0 [/ICCBased 100 0 R] >>';
const profile = (n: number) => ({ objects: { 100: { dict: `/N ${n}`, data: '' } } });
const cut = (content: string, resources = '', spot = 'CutContour') =>
  onePage(
    `/Over1 gs /C CS 1 SCN 0.25 w ${content}`,
    `${OVERPRINT} /ColorSpace << /C ${separation(spot)} /W ${separation('White')} ${resources} >>`,
  );

/** img2pdf's JPEG 2000 without its ColorSpace: the space that the data names is left, sRGB. */
const ownSpace = Buffer.from(
  readFileSync(new URL('foreign/img2pdf-jpx.pdf', import.meta.url), 'latin1').replace(
    /\/ColorSpace *\/DeviceRGB/,
    (entry) => ' '.repeat(entry.length),
  ),
  'latin1',
);

/** For every content rule files that break it and files that just keep it, by profile. */
export const CASES: readonly Case[] = [
  on('R0005', 'nothing', onePage('0 0 0 1 k'), { sheetfed: W, label: W, digital: null }),
  on('R0005', 'marks in the slug alone', filled('0 0 0 1 k 0 0 5 5 re f', '', '/TrimBox [20 20 180 180]'), {
    sheetfed: W,
  }),
  on('R0005', 'a dot', onePage('0 0 0 1 k 99 99 1 1 re f'), all(null)),
  on('R0007', 'white text that overprints', sized(20, '/Over0 gs 0 0 0 0 k'), all(E)),
  on('R0007', 'white text in grey that overprints', sized(20, '/Over1 gs 1 g'), all(E)),
  on('R0007', 'white text that does not', sized(20, '0 0 0 0 k'), all(null)),
  on('R0007', 'nearly white text that overprints', sized(20, '/Over1 gs 0 0 0 0.01 k'), all(null)),
  on('R0008', 'a white shape that overprints', filled('/Over1 gs 0 0 0 0 k 10 10 50 50 re f'), {
    sheetfed: W,
    label: E,
    digital: W,
  }),
  on('R0008', 'a white line that overprints', stroked(3, '/Over1 gs 0 0 0 0 K'), {
    sheetfed: W,
    label: E,
    digital: W,
  }),
  on('R0008', 'a white shape that does not', filled('0 0 0 0 k 10 10 50 50 re f'), all(null)),
  on(
    'R0009',
    'black text just below 12 pt',
    sized(12 - STEP, '0 0 0 1 k'),
    { sheetfed: W, label: W, digital: null },
    { measured: 12 - STEP },
  ),
  on('R0009', 'black text of 12 pt', sized(12, '0 0 0 1 k'), all(null)),
  on('R0009', 'small black text that overprints', sized(6, '/Over1 gs 0 0 0 1 k'), all(null)),
  on('R0009', 'small black text in overprint mode 0', sized(6, '/Over0 gs 0 0 0 1 k'), { sheetfed: W }),
  on('R0009', 'small text in 99 % black', sized(6, '0 0 0 0.99 k'), all(null)),
  on(
    'R0009',
    'black as a Separation, overprinting in mode 0',
    sized(6, '/Over0 gs /S0 cs 1 scn', `${TYPE} /ColorSpace << /S0 ${separation('Black', '0 0 0 1')} >>`),
    all(null),
  ),
  on(
    'R0010',
    'a black line just below 2 pt',
    stroked(2 - STEP, '0 0 0 1 K'),
    { sheetfed: W, label: W, digital: null },
    { measured: 2 - STEP },
  ),
  on('R0010', 'a black line of 2 pt', stroked(2, '0 0 0 1 K'), all(null)),
  on('R0010', 'a thin black line that overprints', stroked(0.5, '/Over1 gs 0 0 0 1 K'), all(null)),
  on(
    'R0010',
    'a thin black rectangle, filled',
    filled('0 0 0 1 k 10 10 100 1 re f'),
    { sheetfed: W },
    { measured: 1 },
  ),
  on(
    'R0011',
    'grey black text just below 12 pt',
    sized(12 - STEP, '0 g'),
    { sheetfed: W, label: W, digital: null },
    { measured: 12 - STEP },
  ),
  on('R0011', 'grey black text of 12 pt', sized(12, '0 g'), all(null)),
  on(
    'R0012',
    'a grey black line just below 2 pt',
    stroked(2 - STEP, '0 G'),
    { sheetfed: W, label: W, digital: null },
    { measured: 2 - STEP },
  ),
  on('R0012', 'a grey black line of 2 pt', stroked(2, '0 G'), all(null)),
  on('R0013', 'a grey shape that overprints', filled('/Over1 gs 0.5 g 10 10 50 50 re f'), {
    sheetfed: W,
    label: W,
    digital: null,
  }),
  on('R0013', 'a grey shape that does not', filled('0.5 g 10 10 50 50 re f'), all(null)),
  on(
    'R0013',
    'a grey fill below an overprinting stroke',
    filled(
      '/ExtA gs 0.5 g 0 0 0 1 K 3 w 10 10 50 50 re B',
      '/ExtGState << /ExtA << /OP true /op false >> >>',
    ),
    all(null),
  ),
  on('R0014', 'Courier', sized(20, '0 0 0 1 k', HELVETICA.replace('Helvetica', 'Courier-Bold')), {
    sheetfed: W,
    label: W,
    digital: null,
  }),
  on(
    'R0014',
    'CourierPrime',
    sized(20, '0 0 0 1 k', HELVETICA.replace('Helvetica', 'CourierPrime')),
    all(null),
  ),
  on('R0015', 'text of 281 %', sized(20, '0.65 0.65 0.66 0.85 k'), all(W), { measured: 281 }),
  on('R0015', 'text of 280 %', sized(20, '0.65 0.65 0.65 0.85 k'), all(null)),
  on('R0015', 'text of 384 % with 84 % black', sized(20, '1 1 1 0.84 k'), all(null)),
  on(
    'R0016',
    'white text just below 8 pt',
    sized(8 - STEP, '0 0 0 0 k'),
    { sheetfed: W, label: null, digital: null },
    { measured: 8 - STEP },
  ),
  on('R0016', 'white text of 8 pt', sized(8, '0 0 0 0 k'), all(null)),
  on('R0016', 'white text just below 5 pt', sized(5 - STEP, '0 0 0 0 k'), all(W), { measured: 5 - STEP }),
  on('R0016', 'white text of 5 pt', sized(5, '0 0 0 0 k'), { sheetfed: W, label: null, digital: null }),
  on(
    'R0017',
    'text in two inks just below 14 pt',
    sized(14 - STEP, '1 1 0 0 k'),
    { sheetfed: null, label: W, digital: null },
    { measured: 14 - STEP },
  ),
  on('R0017', 'text in two inks of 14 pt', sized(14, '1 1 0 0 k'), all(null)),
  on('R0017', 'text in two inks just below 8 pt', sized(8 - STEP, '1 1 0 0 k'), {
    sheetfed: W,
    label: W,
    digital: null,
  }),
  on('R0017', 'text in two inks of 5 pt', sized(5, '1 1 0 0 k'), { sheetfed: W, label: W, digital: null }),
  on('R0017', 'text in two inks just below 5 pt', sized(5 - STEP, '1 1 0 0 k'), all(W)),
  on('R0017', 'small text in one ink', sized(4, '1 0 0 0 k'), all(null)),
  on('R0018', 'a white line just below 0.25 pt', stroked(0.249, '0 0 0 0 K'), all(W), { measured: 0.249 }),
  on('R0018', 'a white line of 0.25 pt', stroked(0.25, '0 0 0 0 K'), {
    sheetfed: null,
    label: W,
    digital: null,
  }),
  on('R0018', 'a white line just below 0.3 pt', stroked(0.299, '0 0 0 0 K'), { label: W, sheetfed: null }),
  on('R0018', 'a white line of 0.3 pt', stroked(0.3, '0 0 0 0 K'), all(null)),
  on('R0019', 'a line in two inks just below 0.25 pt', stroked(0.249, '1 0 1 0 K'), all(W), {
    measured: 0.249,
  }),
  on('R0019', 'a line in two inks of 0.25 pt', stroked(0.25, '1 0 1 0 K'), {
    sheetfed: null,
    label: W,
    digital: null,
  }),
  on('R0019', 'a line in two inks of 1.49 pt', stroked(1.49, '1 0 1 0 K'), { sheetfed: null, label: W }),
  on('R0019', 'a line in two inks of 1.5 pt', stroked(1.5, '1 0 1 0 K'), all(null)),
  on('R0019', 'the thinnest line there is', stroked(0, '1 0 1 0 K'), all(W), { measured: 0 }),
  on(
    'R0020',
    'a spot by a name that is short for grey in inline images',
    filled('/G cs 1 scn 9 9 9 9 re f', `/ColorSpace << /G ${separation('Gold')} >>`),
    { sheetfed: E, digital: W },
  ),
  on(
    'R0019',
    'a thin line around a fill that is not seen',
    filled('/None gs 1 0 1 0 K 1 0 1 0 k 0.2 w 10 10 50 50 re B', '/ExtGState << /None << /ca 0 >> >>'),
    all(W),
    { measured: 0.2 },
  ),
  on(
    'R0019',
    'a thin line that only fattens its fill',
    filled('1 0 1 0 K 1 0 1 0 k 0.2 w 10 10 50 50 re B'),
    all(null),
  ),
  on('R0020', 'a spot', spots('Cat Gold'), { sheetfed: E, label: null, digital: W }, { measured: 1 }),
  on('R0020', 'black, all and none as separations', spots('Black', 'All', 'None'), all(null)),
  on(
    'R0020',
    'a spot that is ordered',
    spots('Cat Gold'),
    { sheetfed: null },
    { expect: { spots: ['Cat Gold'] } },
  ),
  on('R0021', 'one ink with two suffixes', spots('PANTONE 185 C', 'PANTONE 185 U'), {
    sheetfed: null,
    label: W,
    digital: null,
  }),
  on('R0021', 'two inks', spots('PANTONE 185 C', 'PANTONE 186 C'), all(null)),
  on('R0022', 'two cases', spots('Cat Gold', 'CAT GOLD'), { sheetfed: null, label: E, digital: null }),
  on('R0022', 'a space less', spots('Cat Gold', 'CatGold'), all(null)),
  on('R0023', 'a space less', spots('Cat Gold', 'CatGold'), { sheetfed: null, label: E, digital: null }),
  on('R0023', 'a letter less', spots('Cat Gold', 'Cat Old'), all(null)),
  on('R0024', 'registration colour', spots('All'), all(W)),
  on(
    'R0024',
    'registration colour in the slug',
    filled(
      '/A CS 1 SCN 0.3 w 0 100 m 19.9 100 l S 1 0 0 0 k 50 50 50 50 re f',
      `/ColorSpace << /A ${separation('All', '1 1 1 1')} >>`,
      '/BleedBox [20 20 180 180] /TrimBox [30 30 170 170]',
    ),
    all(null),
  ),
  on('R0024', 'black', spots('Black'), all(null)),
  on('R0027', 'RGB text', sized(20, '1 0 0 rg'), { sheetfed: E, label: E, digital: null }),
  on(
    'R0027',
    'Lab',
    onePage(
      '/L cs 50 0 0 scn 10 10 50 50 re f',
      '/ColorSpace << /L [/Lab << /WhitePoint [0.96 1 0.82] >>] >>',
    ),
    { sheetfed: E, label: E },
  ),
  on('R0027', 'ICC CMYK', onePage('/I0 cs 0 0 0 1 scn 10 10 50 50 re f', ICC, profile(4)), {
    sheetfed: E,
    label: E,
  }),
  on(
    'R0027',
    'RGB by DefaultCMYK',
    onePage('0 0 0 1 k 10 10 50 50 re f', '/ColorSpace << /DefaultCMYK [/ICCBased 100 0 R] >>', profile(4)),
    { sheetfed: E },
  ),
  on(
    'R0027',
    'an indexed RGB image',
    image(100, 300, '/ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] /BitsPerComponent 8'),
    { sheetfed: E, label: E },
  ),
  on(
    'R0027',
    'an RGB gradient as a pattern',
    onePage(
      '/Pattern cs /P0 scn 10 10 50 50 re f',
      '/Pattern << /P0 << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] >> >> >>',
    ),
    { sheetfed: E },
  ),
  on(
    'R0027',
    'CMYK, grey and a spot over Lab',
    onePage(
      '0 0 0 1 k 10 10 5 5 re f 0.5 g 20 10 5 5 re f /S cs 1 scn 30 10 5 5 re f',
      `/ColorSpace << /S ${separation('Cat').replace('/DeviceCMYK', '[/Lab << /WhitePoint [0.96 1 0.82] >>]')} >>`,
    ),
    all(null),
  ),
  on('R0028', 'an ICC RGB image', image(100, 300, '/ColorSpace [/ICCBased 101 0 R] /BitsPerComponent 8'), {
    digital: null,
  }),
  on('R0028', 'a device RGB image', image(100, 300, '/ColorSpace /DeviceRGB /BitsPerComponent 8'), {
    digital: E,
  }),
  on('R0028', 'ICC RGB text', onePage(text(20, '/I0 cs 1 0 0 scn'), `${HELVETICA} ${ICC}`, profile(3)), {
    digital: E,
  }),
  on('R0027', 'JPEG 2000 in the space that it names itself', ownSpace, { sheetfed: E, label: E }),
  on('R0028', 'JPEG 2000 in sRGB by its own word', ownSpace, { digital: null }),
  on('R0030', 'a group in RGB', drawn(group('DeviceRGB')), all(E)),
  on('R0030', 'a group in CMYK', drawn(group('DeviceCMYK')), all(null)),
  on(
    'R0030',
    'an RGB page with transparency',
    filled('/T gs 1 0 0 0 k 0 0 50 50 re f', '/ExtGState << /T << /ca 0.99 >> >>', group('DeviceRGB')),
    all(E),
  ),
  on('R0030', 'an RGB page without', filled('1 0 0 0 k 0 0 50 50 re f', '', group('DeviceRGB')), all(null)),
  on('R0031', '149 ppi', image(298, 149), { sheetfed: E, label: E, digital: W }, { measured: 149 }),
  on('R0031', '150 ppi', image(300, 150), { sheetfed: W, label: E, digital: null }),
  on('R0031', '224 ppi', image(448, 224), { sheetfed: W, label: W, digital: null }),
  on('R0031', '225 ppi', image(450, 225), { sheetfed: null, label: W, digital: null }),
  on('R0031', '199 ppi', image(398, 199), { sheetfed: W, label: E }),
  on('R0031', '200 ppi', image(400, 200), { sheetfed: W, label: W }),
  on('R0031', '239 ppi', image(478, 239), { sheetfed: null, label: W }),
  on('R0031', '240 ppi', image(480, 240), all(null)),
  on('R0031', '95 ppi', image(190, 95), all(E)),
  on('R0031', '96 ppi', image(192, 96), { sheetfed: E, label: E, digital: W }),
  on('R0031', '16 px at 10 ppi', image(16, 10), all(null)),
  on('R0031', '17 px at 10 ppi', image(17, 10), all(E)),
  on(
    'R0031',
    'a soft mask of few pixels',
    onePage('q 100 0 0 100 2 2 cm /Im0 Do Q 1 0 0 0 k 150 150 5 5 re f', '/XObject << /Im0 100 0 R >>', {
      objects: {
        100: imageObject(400, '/ColorSpace /DeviceCMYK /BitsPerComponent 8 /SMask 101 0 R'),
        101: imageObject(20, '/ColorSpace /DeviceGray /BitsPerComponent 8'),
      },
    }),
    all(null),
  ),
  on('R0032', '549 ppi', image(1098, 549, BITMAP), { sheetfed: E, label: E, digital: W }, { measured: 549 }),
  on('R0032', '550 ppi', image(1100, 550, BITMAP), { sheetfed: W, label: W, digital: W }),
  on('R0032', '799 ppi', image(1598, 799, BITMAP), { sheetfed: W, label: W, digital: null }),
  on('R0032', '800 ppi', image(1600, 800, BITMAP), all(null)),
  on('R0032', '349 ppi', image(698, 349, BITMAP), all(E)),
  on('R0032', '599 ppi', image(1198, 599, BITMAP), { digital: W }),
  on('R0032', '600 ppi', image(1200, 600, BITMAP), { sheetfed: W, digital: null }),
  on('R0032', 'a mask of 300 ppi', image(600, 300, '/ImageMask true /BitsPerComponent 1'), { sheetfed: E }),
  on(
    'R0033',
    'one image of 449 ppi',
    image(898, 449, undefined, ''),
    { sheetfed: null, label: E, digital: null },
    { measured: 449 },
  ),
  on('R0033', 'one image of 450 ppi', image(900, 450, undefined, ''), { label: W }),
  on('R0033', 'one image of 1199 ppi', image(2398, 1199, undefined, ''), { label: W }),
  on('R0033', 'one image of 1200 ppi', image(2400, 1200, undefined, ''), { label: null }),
  on('R0033', 'an image of 300 ppi beside a shape', image(600, 300), { label: null }),
  on('R1001', 'a cut line on a plain layer', layered(''), { label: E, sheetfed: null }),
  on(
    'R1001',
    'a cut line in its step',
    layered('/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /Cutting >>'),
    { label: null },
  ),
  on(
    'R1001',
    'a crease in its step',
    layered('/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /Creasing >>'),
    { label: E },
  ),
  on(
    'R0020',
    'a spot of a processing step',
    layered('/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /Cutting >>'),
    { sheetfed: null, digital: null },
  ),
  on('PX-COLOUR-1A', 'RGB', sized(20, '1 0 0 rg'), { x1a: E, x4: null }),
  on(
    'PX-COLOUR-1A',
    'a spot over Lab',
    onePage(
      '/S cs 1 scn 30 10 5 5 re f',
      `/ColorSpace << /S ${separation('Cat').replace('/DeviceCMYK', '[/Lab << /WhitePoint [0.96 1 0.82] >>]')} >>`,
    ),
    { x1a: E },
  ),
  on('PX-COLOUR-1A', 'CMYK and a spot', spots('Cat Gold'), { x1a: null }),
  on('PX-COLOUR-4', 'RGB', sized(20, '1 0 0 rg'), { x4: E }),
  on('PX-COLOUR-4', 'ICC RGB', onePage('/I0 cs 0 0 0 scn 10 10 50 50 re f', ICC, profile(3)), { x4: null }),
  on('PX-OPAQUE-1A', 'a group', drawn(group('DeviceCMYK')), { x1a: E, x4: null }),
  on(
    'PX-OPAQUE-1A',
    'a transparent fill',
    filled('/T gs 1 0 0 0 k 0 0 50 50 re f', '/ExtGState << /T << /ca 0.99 >> >>'),
    { x1a: E },
  ),
  on('PX-OPAQUE-1A', 'a plain fill', filled('1 0 0 0 k 0 0 50 50 re f'), { x1a: null }),
  on('DL-CLOSED', 'an open cut', cut('20 20 m 100 20 l 100 100 l S'), all(E)),
  on('DL-CLOSED', 'a closed cut', cut('20 20 m 100 20 l 100 100 l s'), all(null)),
  on('DL-CLOSED', 'a cut that ends where it began', cut('20 20 m 100 20 l 100 100 l 20 20 l S'), all(null)),
  on('DL-CLOSED', 'an open line in another spot', cut('20 20 m 100 20 l S', '', 'Gold'), all(null)),
  on('DL-SPOT', 'a cut in 99 %', cut('0.99 SCN 20 20 50 50 re S'), all(E)),
  on('DL-SPOT', 'a cut in 100 %', cut('20 20 50 50 re S'), all(null)),
  on('DL-STROKE', 'a filled cut', cut('/C cs 1 scn 20 20 50 50 re f'), all(E)),
  on('DL-STROKE', 'a stroked cut', cut('20 20 50 50 re S'), all(null)),
  on('DL-OVERPRINT', 'a cut that knocks out', cut('20 20 50 50 re S'), all(null)),
  on(
    'DL-OVERPRINT',
    'a cut without overprint',
    onePage('/C CS 1 SCN 20 20 50 50 re S', `/ColorSpace << /C ${separation('CutContour')} >>`),
    all(E),
  ),
  // 0.5 mm is 1.4173 pt, 2 mm is 5.6693 pt.
  on('DL-FEATURE', 'a cut of 0.49 mm', cut('20 20 50 1.389 re S'), all(E), { measured: 0.49 }),
  on('DL-FEATURE', 'a cut of 0.5 mm', cut('20 20 50 1.4174 re S'), all(null)),
  on('DL-FEATURE', 'a cut and a move', cut('20 20 50 50 re 90 90 m S'), all(null)),
  on('DL-GAP', 'cuts 1.99 mm apart', cut('20 20 50 50 re S 75.641 20 50 50 re S'), all(E), {
    measured: 1.99,
  }),
  on('DL-GAP', 'cuts 2 mm apart', cut('20 20 50 50 re S 75.6694 20 50 50 re S'), all(null)),
  on('DL-GAP', 'cuts that cross', cut('20 20 50 50 re S 60 60 50 50 re S'), all(E), { measured: 0 }),
  on('DL-INSIDE', 'a cut over the edge', cut('150 20 50.2 50 re S'), all(E)),
  on('DL-INSIDE', 'a cut along the edge', cut('150 20 50 50 re S'), all(null)),
  on('DL-WHITE', 'white over the cut', cut('20 20 50 50 re S /W cs 1 scn 19 20 50 50 re f'), all(E)),
  on('DL-WHITE', 'white inside the cut', cut('20 20 50 50 re S /W cs 1 scn 21 21 48 48 re f'), all(null)),
];
