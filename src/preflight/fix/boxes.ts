import { name } from '../../press/pdf.ts';
import { type Box, intersect } from '../../units.ts';
import type { Pdf, PdfPage } from '../document/pdf.ts';
import { userSpaceBox } from '../document/user-space.ts';
import type { Changes } from './changes.ts';

/** Boxes closer than this are one, mm. */
const SAME_MM = 0.01;

const same = (a: Box, b: Box): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) < SAME_MM);

/**
 * Gives each page the boxes that PDF/X asks for, where they follow from those that there are: the TrimBox from the
 * ArtBox, else the CropBox, else the MediaBox; the BleedBox within the MediaBox; no CropBox.
 */
export function fixBoxes(pdf: Pdf, changes: Changes): void {
  for (const page of pdf.pages) fixPage(pdf, page, changes);
}

function fixPage(pdf: Pdf, page: PdfPage, changes: Changes): void {
  const { dict, number } = page;
  const whole: Box = { x: 0, y: 0, ...page.media };
  const set = (key: string, box: Box) => {
    dict.set(name(key), pdf.context.obj(userSpaceBox(page, box).map((v) => Math.round(v * 1e4) / 1e4)));
  };
  if (!page.trim) {
    const [from, box] = page.art
      ? (['ArtBox', page.art] as const)
      : page.crop && !same(page.crop, whole)
        ? (['CropBox', page.crop] as const)
        : (['MediaBox', whole] as const);
    const within = intersect(box, whole);
    if (within) {
      set('TrimBox', within);
      changes.add(`TrimBox set to the ${from}`, number);
    }
  }
  if (page.art) {
    dict.delete(name('ArtBox'));
    changes.add('ArtBox removed: PDF/X has it or the TrimBox', number);
  }
  if (page.bleed) {
    const within = intersect(page.bleed, whole);
    if (within && !same(within, page.bleed)) {
      set('BleedBox', within);
      changes.add('BleedBox cut to the MediaBox', number);
    }
  }
  if (page.crop && !same(page.crop, whole)) {
    set('CropBox', whole);
    changes.add('CropBox set to the MediaBox', number);
  }
}
