import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/preflight/inspect.ts';
import type { Expectation, PageCoverage, ProfileName, Severity } from '../../src/preflight/model.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';
import { HELVETICA, imageObject, line, OVERPRINT, onePage, separation, text } from './pdf-builder.ts';

/** What a rule must say of a file: its severity in a profile, or nothing. */
interface Case {
  readonly rule: string;
  readonly what: string;
  readonly file: Uint8Array;
  readonly profiles: Partial<Record<ProfileName, Severity | null>>;
  readonly measured?: number;
  readonly expect?: Expectation;
}

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

const CASES: readonly Case[] = [
  {
    rule: 'R0005',
    what: 'nothing',
    file: onePage('0 0 0 1 k'),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  {
    rule: 'R0005',
    what: 'marks in the slug alone',
    file: filled('0 0 0 1 k 0 0 5 5 re f', '', '/TrimBox [20 20 180 180]'),
    profiles: { sheetfed: W },
  },
  { rule: 'R0005', what: 'a dot', file: onePage('0 0 0 1 k 99 99 1 1 re f'), profiles: all(null) },

  {
    rule: 'R0007',
    what: 'white text that overprints',
    file: sized(20, '/Over0 gs 0 0 0 0 k'),
    profiles: all(E),
  },
  {
    rule: 'R0007',
    what: 'white text in grey that overprints',
    file: sized(20, '/Over1 gs 1 g'),
    profiles: all(E),
  },
  { rule: 'R0007', what: 'white text that does not', file: sized(20, '0 0 0 0 k'), profiles: all(null) },
  {
    rule: 'R0007',
    what: 'nearly white text that overprints',
    file: sized(20, '/Over1 gs 0 0 0 0.01 k'),
    profiles: all(null),
  },
  {
    rule: 'R0008',
    what: 'a white shape that overprints',
    file: filled('/Over1 gs 0 0 0 0 k 10 10 50 50 re f'),
    profiles: { sheetfed: W, label: E, digital: W },
  },
  {
    rule: 'R0008',
    what: 'a white line that overprints',
    file: stroked(3, '/Over1 gs 0 0 0 0 K'),
    profiles: { sheetfed: W, label: E, digital: W },
  },
  {
    rule: 'R0008',
    what: 'a white shape that does not',
    file: filled('0 0 0 0 k 10 10 50 50 re f'),
    profiles: all(null),
  },

  {
    rule: 'R0009',
    what: 'black text just below 12 pt',
    file: sized(12 - STEP, '0 0 0 1 k'),
    profiles: { sheetfed: W, label: W, digital: null },
    measured: 12 - STEP,
  },
  { rule: 'R0009', what: 'black text of 12 pt', file: sized(12, '0 0 0 1 k'), profiles: all(null) },
  {
    rule: 'R0009',
    what: 'small black text that overprints',
    file: sized(6, '/Over1 gs 0 0 0 1 k'),
    profiles: all(null),
  },
  {
    rule: 'R0009',
    what: 'small black text in overprint mode 0',
    file: sized(6, '/Over0 gs 0 0 0 1 k'),
    profiles: { sheetfed: W },
  },
  { rule: 'R0009', what: 'small text in 99 % black', file: sized(6, '0 0 0 0.99 k'), profiles: all(null) },
  {
    rule: 'R0009',
    what: 'black as a Separation, overprinting in mode 0',
    file: sized(
      6,
      '/Over0 gs /S0 cs 1 scn',
      `${TYPE} /ColorSpace << /S0 ${separation('Black', '0 0 0 1')} >>`,
    ),
    profiles: all(null),
  },
  {
    rule: 'R0010',
    what: 'a black line just below 2 pt',
    file: stroked(2 - STEP, '0 0 0 1 K'),
    profiles: { sheetfed: W, label: W, digital: null },
    measured: 2 - STEP,
  },
  { rule: 'R0010', what: 'a black line of 2 pt', file: stroked(2, '0 0 0 1 K'), profiles: all(null) },
  {
    rule: 'R0010',
    what: 'a thin black line that overprints',
    file: stroked(0.5, '/Over1 gs 0 0 0 1 K'),
    profiles: all(null),
  },
  {
    rule: 'R0010',
    what: 'a thin black rectangle, filled',
    file: filled('0 0 0 1 k 10 10 100 1 re f'),
    profiles: { sheetfed: W },
    measured: 1,
  },

  {
    rule: 'R0011',
    what: 'grey black text just below 12 pt',
    file: sized(12 - STEP, '0 g'),
    profiles: { sheetfed: W, label: W, digital: null },
    measured: 12 - STEP,
  },
  { rule: 'R0011', what: 'grey black text of 12 pt', file: sized(12, '0 g'), profiles: all(null) },
  {
    rule: 'R0012',
    what: 'a grey black line just below 2 pt',
    file: stroked(2 - STEP, '0 G'),
    profiles: { sheetfed: W, label: W, digital: null },
    measured: 2 - STEP,
  },
  { rule: 'R0012', what: 'a grey black line of 2 pt', file: stroked(2, '0 G'), profiles: all(null) },
  {
    rule: 'R0013',
    what: 'a grey shape that overprints',
    file: filled('/Over1 gs 0.5 g 10 10 50 50 re f'),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  {
    rule: 'R0013',
    what: 'a grey shape that does not',
    file: filled('0.5 g 10 10 50 50 re f'),
    profiles: all(null),
  },
  {
    rule: 'R0013',
    what: 'a grey fill below an overprinting stroke',
    file: filled(
      '/ExtA gs 0.5 g 0 0 0 1 K 3 w 10 10 50 50 re B',
      '/ExtGState << /ExtA << /OP true /op false >> >>',
    ),
    profiles: all(null),
  },

  {
    rule: 'R0014',
    what: 'Courier',
    file: sized(20, '0 0 0 1 k', HELVETICA.replace('Helvetica', 'Courier-Bold')),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  {
    rule: 'R0014',
    what: 'CourierPrime',
    file: sized(20, '0 0 0 1 k', HELVETICA.replace('Helvetica', 'CourierPrime')),
    profiles: all(null),
  },

  {
    rule: 'R0015',
    what: 'text of 281 %',
    file: sized(20, '0.65 0.65 0.66 0.85 k'),
    profiles: all(W),
    measured: 281,
  },
  { rule: 'R0015', what: 'text of 280 %', file: sized(20, '0.65 0.65 0.65 0.85 k'), profiles: all(null) },
  {
    rule: 'R0015',
    what: 'text of 384 % with 84 % black',
    file: sized(20, '1 1 1 0.84 k'),
    profiles: all(null),
  },

  {
    rule: 'R0016',
    what: 'white text just below 8 pt',
    file: sized(8 - STEP, '0 0 0 0 k'),
    profiles: { sheetfed: W, label: null, digital: null },
    measured: 8 - STEP,
  },
  { rule: 'R0016', what: 'white text of 8 pt', file: sized(8, '0 0 0 0 k'), profiles: all(null) },
  {
    rule: 'R0016',
    what: 'white text just below 5 pt',
    file: sized(5 - STEP, '0 0 0 0 k'),
    profiles: all(W),
    measured: 5 - STEP,
  },
  {
    rule: 'R0016',
    what: 'white text of 5 pt',
    file: sized(5, '0 0 0 0 k'),
    profiles: { sheetfed: W, label: null, digital: null },
  },
  {
    rule: 'R0017',
    what: 'text in two inks just below 14 pt',
    file: sized(14 - STEP, '1 1 0 0 k'),
    profiles: { sheetfed: null, label: W, digital: null },
    measured: 14 - STEP,
  },
  { rule: 'R0017', what: 'text in two inks of 14 pt', file: sized(14, '1 1 0 0 k'), profiles: all(null) },
  {
    rule: 'R0017',
    what: 'text in two inks just below 8 pt',
    file: sized(8 - STEP, '1 1 0 0 k'),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  {
    rule: 'R0017',
    what: 'text in two inks of 5 pt',
    file: sized(5, '1 1 0 0 k'),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  {
    rule: 'R0017',
    what: 'text in two inks just below 5 pt',
    file: sized(5 - STEP, '1 1 0 0 k'),
    profiles: all(W),
  },
  { rule: 'R0017', what: 'small text in one ink', file: sized(4, '1 0 0 0 k'), profiles: all(null) },
  {
    rule: 'R0018',
    what: 'a white line just below 0.25 pt',
    file: stroked(0.249, '0 0 0 0 K'),
    profiles: all(W),
    measured: 0.249,
  },
  {
    rule: 'R0018',
    what: 'a white line of 0.25 pt',
    file: stroked(0.25, '0 0 0 0 K'),
    profiles: { sheetfed: null, label: W, digital: null },
  },
  {
    rule: 'R0018',
    what: 'a white line just below 0.3 pt',
    file: stroked(0.299, '0 0 0 0 K'),
    profiles: { label: W, sheetfed: null },
  },
  { rule: 'R0018', what: 'a white line of 0.3 pt', file: stroked(0.3, '0 0 0 0 K'), profiles: all(null) },
  {
    rule: 'R0019',
    what: 'a line in two inks just below 0.25 pt',
    file: stroked(0.249, '1 0 1 0 K'),
    profiles: all(W),
    measured: 0.249,
  },
  {
    rule: 'R0019',
    what: 'a line in two inks of 0.25 pt',
    file: stroked(0.25, '1 0 1 0 K'),
    profiles: { sheetfed: null, label: W, digital: null },
  },
  {
    rule: 'R0019',
    what: 'a line in two inks of 1.49 pt',
    file: stroked(1.49, '1 0 1 0 K'),
    profiles: { sheetfed: null, label: W },
  },
  {
    rule: 'R0019',
    what: 'a line in two inks of 1.5 pt',
    file: stroked(1.5, '1 0 1 0 K'),
    profiles: all(null),
  },
  {
    rule: 'R0019',
    what: 'the thinnest line there is',
    file: stroked(0, '1 0 1 0 K'),
    profiles: all(W),
    measured: 0,
  },

  {
    rule: 'R0020',
    what: 'a spot',
    file: spots('Cat Gold'),
    profiles: { sheetfed: E, label: null, digital: W },
    measured: 1,
  },
  {
    rule: 'R0020',
    what: 'black, all and none as separations',
    file: spots('Black', 'All', 'None'),
    profiles: all(null),
  },
  {
    rule: 'R0020',
    what: 'a spot that is ordered',
    file: spots('Cat Gold'),
    profiles: { sheetfed: null },
    expect: { spots: ['Cat Gold'] },
  },
  {
    rule: 'R0021',
    what: 'one ink with two suffixes',
    file: spots('PANTONE 185 C', 'PANTONE 185 U'),
    profiles: { sheetfed: null, label: W, digital: null },
  },
  { rule: 'R0021', what: 'two inks', file: spots('PANTONE 185 C', 'PANTONE 186 C'), profiles: all(null) },
  {
    rule: 'R0022',
    what: 'two cases',
    file: spots('Cat Gold', 'CAT GOLD'),
    profiles: { sheetfed: null, label: E, digital: null },
  },
  { rule: 'R0022', what: 'a space less', file: spots('Cat Gold', 'CatGold'), profiles: all(null) },
  {
    rule: 'R0023',
    what: 'a space less',
    file: spots('Cat Gold', 'CatGold'),
    profiles: { sheetfed: null, label: E, digital: null },
  },
  { rule: 'R0023', what: 'a letter less', file: spots('Cat Gold', 'Cat Old'), profiles: all(null) },
  { rule: 'R0024', what: 'registration colour', file: spots('All'), profiles: all(W) },
  {
    rule: 'R0024',
    what: 'registration colour in the slug',
    file: filled(
      '/A CS 1 SCN 0.3 w 0 100 m 19.9 100 l S 1 0 0 0 k 50 50 50 50 re f',
      `/ColorSpace << /A ${separation('All', '1 1 1 1')} >>`,
      '/BleedBox [20 20 180 180] /TrimBox [30 30 170 170]',
    ),
    profiles: all(null),
  },
  { rule: 'R0024', what: 'black', file: spots('Black'), profiles: all(null) },

  {
    rule: 'R0027',
    what: 'RGB text',
    file: sized(20, '1 0 0 rg'),
    profiles: { sheetfed: E, label: E, digital: null },
  },
  {
    rule: 'R0027',
    what: 'Lab',
    file: onePage(
      '/L cs 50 0 0 scn 10 10 50 50 re f',
      '/ColorSpace << /L [/Lab << /WhitePoint [0.96 1 0.82] >>] >>',
    ),
    profiles: { sheetfed: E, label: E },
  },
  {
    rule: 'R0027',
    what: 'ICC CMYK',
    file: onePage('/I0 cs 0 0 0 1 scn 10 10 50 50 re f', ICC, profile(4)),
    profiles: { sheetfed: E, label: E },
  },
  {
    rule: 'R0027',
    what: 'RGB by DefaultCMYK',
    file: onePage(
      '0 0 0 1 k 10 10 50 50 re f',
      '/ColorSpace << /DefaultCMYK [/ICCBased 100 0 R] >>',
      profile(4),
    ),
    profiles: { sheetfed: E },
  },
  {
    rule: 'R0027',
    what: 'an indexed RGB image',
    file: image(100, 300, '/ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] /BitsPerComponent 8'),
    profiles: { sheetfed: E, label: E },
  },
  {
    rule: 'R0027',
    what: 'an RGB gradient as a pattern',
    file: onePage(
      '/Pattern cs /P0 scn 10 10 50 50 re f',
      '/Pattern << /P0 << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] >> >> >>',
    ),
    profiles: { sheetfed: E },
  },
  {
    rule: 'R0027',
    what: 'CMYK, grey and a spot over Lab',
    file: onePage(
      '0 0 0 1 k 10 10 5 5 re f 0.5 g 20 10 5 5 re f /S cs 1 scn 30 10 5 5 re f',
      `/ColorSpace << /S ${separation('Cat').replace('/DeviceCMYK', '[/Lab << /WhitePoint [0.96 1 0.82] >>]')} >>`,
    ),
    profiles: all(null),
  },
  {
    rule: 'R0028',
    what: 'an ICC RGB image',
    file: image(100, 300, '/ColorSpace [/ICCBased 101 0 R] /BitsPerComponent 8'),
    profiles: { digital: null },
  },
  {
    rule: 'R0028',
    what: 'a device RGB image',
    file: image(100, 300, '/ColorSpace /DeviceRGB /BitsPerComponent 8'),
    profiles: { digital: E },
  },
  {
    rule: 'R0028',
    what: 'ICC RGB text',
    file: onePage(text(20, '/I0 cs 1 0 0 scn'), `${HELVETICA} ${ICC}`, profile(3)),
    profiles: { digital: E },
  },

  { rule: 'R0030', what: 'a group in RGB', file: drawn(group('DeviceRGB')), profiles: all(E) },
  { rule: 'R0030', what: 'a group in CMYK', file: drawn(group('DeviceCMYK')), profiles: all(null) },
  {
    rule: 'R0030',
    what: 'an RGB page with transparency',
    file: filled('/T gs 1 0 0 0 k 0 0 50 50 re f', '/ExtGState << /T << /ca 0.99 >> >>', group('DeviceRGB')),
    profiles: all(E),
  },
  {
    rule: 'R0030',
    what: 'an RGB page without',
    file: filled('1 0 0 0 k 0 0 50 50 re f', '', group('DeviceRGB')),
    profiles: all(null),
  },

  {
    rule: 'R0031',
    what: '149 ppi',
    file: image(298, 149),
    profiles: { sheetfed: E, label: E, digital: W },
    measured: 149,
  },
  {
    rule: 'R0031',
    what: '150 ppi',
    file: image(300, 150),
    profiles: { sheetfed: W, label: E, digital: null },
  },
  {
    rule: 'R0031',
    what: '224 ppi',
    file: image(448, 224),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  {
    rule: 'R0031',
    what: '225 ppi',
    file: image(450, 225),
    profiles: { sheetfed: null, label: W, digital: null },
  },
  { rule: 'R0031', what: '199 ppi', file: image(398, 199), profiles: { sheetfed: W, label: E } },
  { rule: 'R0031', what: '200 ppi', file: image(400, 200), profiles: { sheetfed: W, label: W } },
  { rule: 'R0031', what: '239 ppi', file: image(478, 239), profiles: { sheetfed: null, label: W } },
  { rule: 'R0031', what: '240 ppi', file: image(480, 240), profiles: all(null) },
  { rule: 'R0031', what: '95 ppi', file: image(190, 95), profiles: all(E) },
  { rule: 'R0031', what: '96 ppi', file: image(192, 96), profiles: { sheetfed: E, label: E, digital: W } },
  { rule: 'R0031', what: '16 px at 10 ppi', file: image(16, 10), profiles: all(null) },
  { rule: 'R0031', what: '17 px at 10 ppi', file: image(17, 10), profiles: all(E) },
  {
    rule: 'R0031',
    what: 'a soft mask of few pixels',
    file: onePage(
      'q 100 0 0 100 2 2 cm /Im0 Do Q 1 0 0 0 k 150 150 5 5 re f',
      '/XObject << /Im0 100 0 R >>',
      {
        objects: {
          100: imageObject(400, '/ColorSpace /DeviceCMYK /BitsPerComponent 8 /SMask 101 0 R'),
          101: imageObject(20, '/ColorSpace /DeviceGray /BitsPerComponent 8'),
        },
      },
    ),
    profiles: all(null),
  },
  {
    rule: 'R0032',
    what: '549 ppi',
    file: image(1098, 549, BITMAP),
    profiles: { sheetfed: E, label: E, digital: W },
    measured: 549,
  },
  {
    rule: 'R0032',
    what: '550 ppi',
    file: image(1100, 550, BITMAP),
    profiles: { sheetfed: W, label: W, digital: W },
  },
  {
    rule: 'R0032',
    what: '799 ppi',
    file: image(1598, 799, BITMAP),
    profiles: { sheetfed: W, label: W, digital: null },
  },
  { rule: 'R0032', what: '800 ppi', file: image(1600, 800, BITMAP), profiles: all(null) },
  { rule: 'R0032', what: '349 ppi', file: image(698, 349, BITMAP), profiles: all(E) },
  { rule: 'R0032', what: '599 ppi', file: image(1198, 599, BITMAP), profiles: { digital: W } },
  {
    rule: 'R0032',
    what: '600 ppi',
    file: image(1200, 600, BITMAP),
    profiles: { sheetfed: W, digital: null },
  },
  {
    rule: 'R0032',
    what: 'a mask of 300 ppi',
    file: image(600, 300, '/ImageMask true /BitsPerComponent 1'),
    profiles: { sheetfed: E },
  },
  {
    rule: 'R0033',
    what: 'one image of 449 ppi',
    file: image(898, 449, undefined, ''),
    profiles: { sheetfed: null, label: E, digital: null },
    measured: 449,
  },
  {
    rule: 'R0033',
    what: 'one image of 450 ppi',
    file: image(900, 450, undefined, ''),
    profiles: { label: W },
  },
  {
    rule: 'R0033',
    what: 'one image of 1199 ppi',
    file: image(2398, 1199, undefined, ''),
    profiles: { label: W },
  },
  {
    rule: 'R0033',
    what: 'one image of 1200 ppi',
    file: image(2400, 1200, undefined, ''),
    profiles: { label: null },
  },
  {
    rule: 'R0033',
    what: 'an image of 300 ppi beside a shape',
    file: image(600, 300),
    profiles: { label: null },
  },
  {
    rule: 'R1001',
    what: 'a cut line on a plain layer',
    file: layered(''),
    profiles: { label: E, sheetfed: null },
  },
  {
    rule: 'R1001',
    what: 'a cut line in its step',
    file: layered('/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /Cutting >>'),
    profiles: { label: null },
  },
  {
    rule: 'R1001',
    what: 'a crease in its step',
    file: layered('/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /Creasing >>'),
    profiles: { label: E },
  },
  {
    rule: 'R0020',
    what: 'a spot of a processing step',
    file: layered('/GTS_Metadata << /GTS_ProcStepsGroup /Structural /GTS_ProcStepsType /Cutting >>'),
    profiles: { sheetfed: null, digital: null },
  },

  { rule: 'PX-COLOUR-1A', what: 'RGB', file: sized(20, '1 0 0 rg'), profiles: { x1a: E, x4: null } },
  {
    rule: 'PX-COLOUR-1A',
    what: 'a spot over Lab',
    file: onePage(
      '/S cs 1 scn 30 10 5 5 re f',
      `/ColorSpace << /S ${separation('Cat').replace('/DeviceCMYK', '[/Lab << /WhitePoint [0.96 1 0.82] >>]')} >>`,
    ),
    profiles: { x1a: E },
  },
  { rule: 'PX-COLOUR-1A', what: 'CMYK and a spot', file: spots('Cat Gold'), profiles: { x1a: null } },
  { rule: 'PX-COLOUR-4', what: 'RGB', file: sized(20, '1 0 0 rg'), profiles: { x4: E } },
  {
    rule: 'PX-COLOUR-4',
    what: 'ICC RGB',
    file: onePage('/I0 cs 0 0 0 scn 10 10 50 50 re f', ICC, profile(3)),
    profiles: { x4: null },
  },
  { rule: 'PX-OPAQUE-1A', what: 'a group', file: drawn(group('DeviceCMYK')), profiles: { x1a: E, x4: null } },
  {
    rule: 'PX-OPAQUE-1A',
    what: 'a transparent fill',
    file: filled('/T gs 1 0 0 0 k 0 0 50 50 re f', '/ExtGState << /T << /ca 0.99 >> >>'),
    profiles: { x1a: E },
  },
  {
    rule: 'PX-OPAQUE-1A',
    what: 'a plain fill',
    file: filled('1 0 0 0 k 0 0 50 50 re f'),
    profiles: { x1a: null },
  },

  { rule: 'DL-CLOSED', what: 'an open cut', file: cut('20 20 m 100 20 l 100 100 l S'), profiles: all(E) },
  { rule: 'DL-CLOSED', what: 'a closed cut', file: cut('20 20 m 100 20 l 100 100 l s'), profiles: all(null) },
  {
    rule: 'DL-CLOSED',
    what: 'a cut that ends where it began',
    file: cut('20 20 m 100 20 l 100 100 l 20 20 l S'),
    profiles: all(null),
  },
  {
    rule: 'DL-CLOSED',
    what: 'an open line in another spot',
    file: cut('20 20 m 100 20 l S', '', 'Gold'),
    profiles: all(null),
  },
  { rule: 'DL-SPOT', what: 'a cut in 99 %', file: cut('0.99 SCN 20 20 50 50 re S'), profiles: all(E) },
  { rule: 'DL-SPOT', what: 'a cut in 100 %', file: cut('20 20 50 50 re S'), profiles: all(null) },
  { rule: 'DL-STROKE', what: 'a filled cut', file: cut('/C cs 1 scn 20 20 50 50 re f'), profiles: all(E) },
  { rule: 'DL-STROKE', what: 'a stroked cut', file: cut('20 20 50 50 re S'), profiles: all(null) },
  {
    rule: 'DL-OVERPRINT',
    what: 'a cut that knocks out',
    file: cut('20 20 50 50 re S').slice(),
    profiles: all(null),
  },
  {
    rule: 'DL-OVERPRINT',
    what: 'a cut without overprint',
    file: onePage('/C CS 1 SCN 20 20 50 50 re S', `/ColorSpace << /C ${separation('CutContour')} >>`),
    profiles: all(E),
  },
  // 0.5 mm is 1.4173 pt, 2 mm is 5.6693 pt.
  {
    rule: 'DL-FEATURE',
    what: 'a cut of 0.49 mm',
    file: cut('20 20 50 1.389 re S'),
    profiles: all(E),
    measured: 0.49,
  },
  { rule: 'DL-FEATURE', what: 'a cut of 0.5 mm', file: cut('20 20 50 1.4174 re S'), profiles: all(null) },
  {
    rule: 'DL-GAP',
    what: 'cuts 1.99 mm apart',
    file: cut('20 20 50 50 re S 75.641 20 50 50 re S'),
    profiles: all(E),
    measured: 1.99,
  },
  {
    rule: 'DL-GAP',
    what: 'cuts 2 mm apart',
    file: cut('20 20 50 50 re S 75.6694 20 50 50 re S'),
    profiles: all(null),
  },
  {
    rule: 'DL-GAP',
    what: 'cuts that cross',
    file: cut('20 20 50 50 re S 60 60 50 50 re S'),
    profiles: all(E),
    measured: 0,
  },
  { rule: 'DL-INSIDE', what: 'a cut over the edge', file: cut('150 20 50.2 50 re S'), profiles: all(E) },
  { rule: 'DL-INSIDE', what: 'a cut along the edge', file: cut('150 20 50 50 re S'), profiles: all(null) },
  {
    rule: 'DL-WHITE',
    what: 'white over the cut',
    file: cut('20 20 50 50 re S /W cs 1 scn 19 20 50 50 re f'),
    profiles: all(E),
  },
  {
    rule: 'DL-WHITE',
    what: 'white inside the cut',
    file: cut('20 20 50 50 re S /W cs 1 scn 21 21 48 48 re f'),
    profiles: all(null),
  },
];

describe('the rules on content', () => {
  for (const { rule, what, file, profiles, measured, expect: expectation = {} } of CASES) {
    for (const [name, severity] of Object.entries(profiles)) {
      it(`${rule} ${severity ?? 'says nothing'} for ${name}: ${what}`, async () => {
        const report = await inspect(file, { profile: profileNamed(name), expect: expectation });
        const found = report.findings.filter((finding) => finding.rule === rule);
        expect(found.map((finding) => finding.severity)).toEqual(severity === null ? [] : [severity]);
        const worst = found[0]?.measured;
        if (measured !== undefined && typeof worst === 'object') expect(worst.value).toBeCloseTo(measured, 2);
        expect(report.findings.filter(({ rule: id }) => id === 'RD-READ')).toEqual([]);
      });
    }
  }

  it('judges ink by what was counted', async () => {
    const coverage = (cmyk: number, all: number): PageCoverage => ({
      page: 1,
      squareMm: 15,
      squares: [{ box: { x: 1, y: 2, width: 15, height: 15 }, cmyk, all }],
      inks: ['Cyan', 'Magenta', 'Yellow', 'Black'],
      uncounted: [],
    });
    const rules = async (name: ProfileName, cmyk: number, total: number, expectation: Expectation = {}) => {
      const options = { profile: profileNamed(name), expect: expectation };
      const countInk = async () => coverage(cmyk, total);
      const { findings } = await inspect(onePage('0 0 0 1 k 10 10 50 50 re f'), options, { countInk });
      return findings.filter(({ rule }) => rule === 'R0025' || rule === 'R0026').map(({ rule }) => rule);
    };
    expect(await rules('sheetfed', 320.1, 320.1)).toEqual(['R0025']);
    expect(await rules('sheetfed', 320, 400)).toEqual([]);
    expect(await rules('label', 200, 320.1)).toEqual(['R0026']);
    expect(await rules('label', 330, 320)).toEqual([]);
    expect(await rules('digital', 400, 400)).toEqual([]);
    expect(await rules('sheetfed', 241, 241, { inkLimit: 240 })).toEqual(['R0025']);
    const uncounted = await inspect(onePage('0 0 0 1 k 10 10 50 50 re f'), {
      profile: profileNamed('sheetfed'),
    });
    expect(uncounted.unjudged).toContainEqual({ what: 'total ink', why: 'ink was not counted', page: null });
  });

  it('switches a rule off by name, and says so', async () => {
    const file = sized(6, '0 0 0 1 k');
    const report = await inspect(file, { profile: profileNamed('sheetfed'), off: ['R0009'] });
    expect(report.findings.map(({ rule }) => rule)).not.toContain('R0009');
    expect(report.switchedOff).toEqual(['R0009']);
    expect(report.judged).not.toContain('R0009');
  });

  it('gathers a page of hairlines into one finding with the worst in front', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => `${0.1 + i / 1e4} w 10 ${i / 3} m 90 ${i / 3} l S`);
    const report = await inspect(onePage(`1 1 0 0 K ${lines.reverse().join(' ')}`), {
      profile: profileNamed('digital'),
    });
    const found = report.findings.filter(({ rule }) => rule === 'R0019');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ count: 500, page: 1, measured: { value: 0.1, unit: 'pt' } });
    expect(found[0]?.threshold).toEqual({ value: 0.25, unit: 'pt' });
    expect(found[0]?.boxes).toHaveLength(50);
    expect(found[0]?.boxes).toContainEqual(found[0]?.box);
  });
});
