import { escapeMarkup } from '../markup.ts';
import type { Size } from '../units.ts';
import type { CutPath } from './path.ts';
import { toSvgData } from './path-text.ts';

/** A line that a cutter follows. */
export interface CutLine {
  /** What the printer calls it: the layer's name. */
  readonly name: string;
  /** mm from the page's top left corner. */
  readonly path: CutPath;
  /** mm */
  readonly strokeMm: number;
}

/** Colours of the lines on the screen; a cutter goes by the layers. */
const COLOURS = ['#ff00ff', '#ff8000', '#00a0ff'];

/** Cut lines as SVG at their true size: a unit is a millimetre, each line of a name a layer of that name. */
export function cutSvg({ width, height }: Size, lines: readonly CutLine[]): string {
  const mm = (value: number): string => `${Number(value.toFixed(4))}`;
  const layers = lines.map(
    ({ name, path, strokeMm }, i) =>
      `  <g id="${escapeMarkup(name)}" inkscape:groupmode="layer" inkscape:label="${escapeMarkup(name)}" fill="none" ` +
      `stroke="${COLOURS[i % COLOURS.length]}" stroke-width="${mm(strokeMm)}">\n` +
      path.loops.map((loop) => `    <path d="${toSvgData({ loops: [loop] })}"/>\n`).join('') +
      '  </g>\n',
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" ` +
    `width="${mm(width)}mm" height="${mm(height)}mm" viewBox="0 0 ${mm(width)} ${mm(height)}">\n${layers.join('')}</svg>\n`
  );
}
