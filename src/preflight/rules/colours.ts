import { name } from '../../press/pdf.ts';
import type { Pdf } from '../document/pdf.ts';
import type { ColourSpace, ImageMark, Listener, Mark, Rule, RuleContext, ShadingMark } from '../model.ts';
import { error } from './levels.ts';
import { plainSpace, usesOf } from './paints.ts';

/** `DeviceRGB`, `Lab`, `ICCBased with 3 components`: what is no ink; `null` for inks. */
function notInk(space: ColourSpace | null): string | null {
  if (!space) return null;
  const plain = plainSpace(space);
  switch (plain.family) {
    case 'DeviceRGB':
    case 'CalGray':
    case 'CalRGB':
    case 'Lab':
      return plain.family;
    case 'ICCBased':
      return `ICCBased with ${plain.components} component${plain.components === 1 ? '' : 's'}`;
    default:
      return null;
  }
}

type What = 'text' | 'shape' | 'image' | 'shading';
type Visit = (space: ColourSpace, mark: Mark, what: What) => void;

/** Visits the space of everything that is painted. @param unknown receives images that do not name theirs */
const everySpace = (visit: Visit, unknown?: (mark: ImageMark) => void): Listener => ({
  text(mark) {
    for (const { paint } of usesOf(mark)) if (!paint.pattern) visit(paint.space, mark, 'text');
  },
  path(mark) {
    for (const { paint } of usesOf(mark)) if (!paint.pattern) visit(paint.space, mark, 'shape');
  },
  image(mark: ImageMark) {
    const space = mark.stencil ? (mark.stencil.pattern ? null : mark.stencil.space) : mark.space;
    if (space) visit(space, mark, mark.stencil ? 'shape' : 'image');
    else if (!mark.stencil) unknown?.(mark);
  },
  shading(mark: ShadingMark) {
    if (mark.space) visit(mark.space, mark, 'shading');
  },
});

const WORDS: Readonly<Record<What, string>> = {
  text: 'Text',
  shape: 'A shape',
  image: 'An image',
  shading: 'A gradient',
};

/** Says that nobody knows which colours an image has. */
const unnamed =
  ({ unjudged }: RuleContext) =>
  ({ page }: ImageMark): void =>
    unjudged('the colours of an image', 'it names no colour space that can be read', page.number);

/** What is in which space. */
const saying = (mark: Parameters<Visit>[1], what: Parameters<Visit>[2], found: string) => ({
  page: mark.page.number,
  box: mark.box,
  message: `${WORDS[what]} is in ${found}`,
  measured: found,
  key: `${what} ${found}`,
});

export const inkOnly: Rule = {
  id: 'R0027',
  clause: 'GWG 2022 R0027',
  title: 'Colours are inks: no RGB, Lab or ICC colour',
  hint: 'Convert the colours to CMYK with the profile of the printing condition before the file goes out.',
  levels: { sheetfed: error(), label: error() },
  check: (context) =>
    everySpace((space, mark, what) => {
      const found = notInk(space);
      if (!found) return;
      context.report(saying(mark, what, found));
    }, unnamed(context)),
};

export const inkOrRgbImages: Rule = {
  id: 'R0028',
  clause: 'GWG 2022 R0028',
  title: 'Colours are inks; only images may be RGB, with a profile',
  hint: 'Give RGB images their ICC profile and convert every other colour to CMYK.',
  levels: { digital: error() },
  check: (context) =>
    everySpace((space, mark, what) => {
      const found = notInk(space);
      const plain = plainSpace(space);
      if (!found || (what === 'image' && plain.family === 'ICCBased' && plain.components === 3)) return;
      context.report(saying(mark, what, found));
    }, unnamed(context)),
};

/** PDF/X-1a knows ink alone, alternates of spots included. */
export const x1aColour: Rule = {
  id: 'PX-COLOUR-1A',
  clause: 'ISO 15930-1, 6.3',
  title: 'PDF/X-1a: every colour is CMYK, grey or a spot',
  hint: 'Convert the colours to CMYK with the profile of the printing condition before the file goes out.',
  levels: { x1a: error() },
  check({ report }) {
    const visit: Visit = (space, mark, what) => {
      const plain = plainSpace(space);
      const alternate = plain.names.length > 0 ? notInk(plain.base) : null;
      const found = notInk(plain) ?? (alternate && `${plain.names.join(', ')} over ${alternate}`);
      if (!found) return;
      report(saying(mark, what, found));
    };
    return { sees: ['art', 'slug', 'step', 'mask'], ...everySpace(visit) };
  },
};

/** PDF/X-4 leaves RGB to those who say which: device RGB is wrong on a CMYK press. */
export const x4Colour: Rule = {
  id: 'PX-COLOUR-4',
  clause: 'ISO 15930-7, 6.2.4',
  title: 'PDF/X-4: device colour is that of the output intent',
  hint: 'Convert RGB to CMYK, or give it an ICC profile.',
  levels: { x4: error() },
  check({ report }) {
    let press: string | null = null;
    return {
      sees: ['art', 'slug', 'step'],
      document(pdf) {
        press = outputSpace(pdf);
      },
      ...everySpace((space, mark, what) => {
        const { family } = plainSpace(space);
        const clash =
          (family === 'DeviceRGB' && press !== 'RGB ') || (family === 'DeviceCMYK' && press === 'RGB ');
        if (!clash) return;
        report({
          page: mark.page.number,
          box: mark.box,
          message: `${WORDS[what]} is in ${family}, but the output intent is ${press?.trim() ?? 'not there'}`,
          measured: family,
          key: `${what} ${family}`,
        });
      }),
    };
  },
};

/** The colour space in the header of the PDF/X output intent's profile (`CMYK`, `RGB `, `GRAY`), or `null`. */
function outputSpace(pdf: Pdf): string | null {
  for (const intent of pdf.array(pdf.catalog?.get(name('OutputIntents')))) {
    const dict = pdf.dict(intent);
    if (!dict || String(pdf.get(dict, 'S')) !== '/GTS_PDFX') continue;
    const profile = pdf.streamOf(dict.get(name('DestOutputProfile')));
    // ICC.1, 7.2: the data colour space stands at byte 16.
    return profile ? Buffer.from(pdf.decode(profile).bytes.subarray(16, 20)).toString('latin1') : null;
  }
  return null;
}
