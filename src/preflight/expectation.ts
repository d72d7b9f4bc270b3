import type { Geometry, PageDesign } from '../products/geometry.ts';
import type { PrinterPreset } from '../products/printer.ts';
import { lengthMm } from '../products/sourced.ts';
import type { Expectation, PageExpectation } from './model.ts';

/** Files are measured in megabytes of a million bytes: the stricter reading of a printer's limit. */
const MEGABYTE = 1e6;

/** What a printer asks of every file. */
export const fileLimits = ({ file }: PrinterPreset): Expectation => ({
  ...(file.maxMegabytes && { maxBytes: file.maxMegabytes.value * MEGABYTE }),
  ...(file.tac && { inkLimit: file.tac.value }),
});

/**
 * What an order's file is held against: its geometry and what its printer asks for.
 * @param ownBarcode whether the design brings the barcode that the printer would otherwise set there
 */
export function expectationOf(
  geometry: Geometry,
  printer: PrinterPreset,
  { ownBarcode = false } = {},
): Expectation {
  const { trim, bleed, marks, pages } = geometry;
  const { cut, 'perf-cut': perforation, white } = printer.spots;
  const { cutGap, minFeature } = printer.numbers;
  return {
    trim,
    bleedMm: Math.min(bleed.top, bleed.right, bleed.bottom, bleed.left),
    onPages: pages.map((page) => pageExpectation(page, ownBarcode)),
    pages: pages.length,
    ...fileLimits(printer),
    marks: marks !== 'none',
    cutSpots: [cut.value, perforation.value],
    whiteSpots: [white.value],
    ...(cutGap && { minGapMm: lengthMm(cutGap) }),
    ...(minFeature && { minFeatureMm: lengthMm(minFeature) }),
  };
}

function pageExpectation({ panels, keepClear }: PageDesign, ownBarcode: boolean): PageExpectation {
  const spine = panels.find(({ name }) => name === 'spine');
  return {
    safe: panels.filter((panel) => panel !== spine && panel.text).map(({ safe }) => safe),
    ...(spine && { spine: { box: spine.safe, text: spine.text } }),
    keepClear: ownBarcode ? [] : keepClear,
  };
}
