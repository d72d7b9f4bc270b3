import { type InkSpace, processIndex } from './ink-space.ts';
import { channelPlates, channelsOf, type Drawing } from './plates.ts';
import type { Reduced } from './reduce.ts';

/**
 * A picture's samples in a drawing's device colours, each 1 − ink: PDFium would go through a stand-in's function for
 * each pixel, which takes most of a drawing's time.
 * @param decode the picture's `Decode`
 * @param converted the process inks of pictures that were converted, kept for the next drawing
 * @returns `null` where its space or `Decode` must be left to PDFium
 */
export function drawnSamples(
  picture: Reduced,
  space: InkSpace,
  decode: readonly number[],
  drawing: Drawing,
  converted: Map<Reduced, Uint8Array>,
): Uint8Array | null {
  const isTurned = decode.length > 0 && decode.every((value, i) => value === 1 - (i % 2));
  if (!isTurned && decode.some((value, i) => value !== i % 2)) return null;
  const plates = channelPlates(drawing);
  const { componentOf, toProcess } = space;
  if (componentOf) {
    const of = plates.map((plate) => (plate === null ? null : componentOf(plate)));
    return asLight(picture.samples, space.components, of, isTurned, channelsOf(drawing));
  }
  if (!toProcess) return null;
  const inks = converted.get(picture) ?? toProcess(isTurned ? turnedOver(picture.samples) : picture.samples);
  converted.set(picture, inks);
  const of = plates.map((plate) => (processIndex(plate) < 0 ? null : processIndex(plate)));
  return asLight(inks, 4, of, false, channelsOf(drawing));
}

/** @param of the component that each channel shows; `null` stays white */
function asLight(
  samples: Uint8Array,
  components: number,
  of: readonly (number | null)[],
  isTurned: boolean,
  channels: number,
): Uint8Array {
  const light = new Uint8Array((samples.length / components) * channels).fill(255);
  const turn = isTurned ? 0 : 255;
  for (const [channel, component] of of.entries()) {
    if (component === null) continue;
    for (let from = component, to = channel; to < light.length; from += components, to += channels)
      light[to] = samples[from]! ^ turn;
  }
  return light;
}

const turnedOver = (samples: Uint8Array): Uint8Array => samples.map((sample) => 255 - sample);
