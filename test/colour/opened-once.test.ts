import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { IccProfile, Transform } from '../../src/colour/lcms.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';

test('orders of one press take no more of the library’s memory than the first', async () => {
  const { lcms } = (await PressColours.open('FOGRA39', { inkLimit: 300 })).profile;
  // Where the heap ends is where a block larger than all that is free begins.
  const end = () => {
    const block = lcms._malloc(1 << 22);
    lcms._free(block);
    return block;
  };
  const before = end();
  for (let i = 0; i < 20; i++) {
    const colours = await PressColours.open('FOGRA39', { inkLimit: 300 });
    colours.throughProfile(0, 0, 0.1 + i / 40);
  }
  expect(end()).toBe(before);
});

test('two presses are not taken for each other', async () => {
  const open = async (file: string) =>
    IccProfile.fromBytes(await readFile(packagePath('assets', 'icc', file)), file);
  const [fogra, gracol] = await Promise.all([open('FOGRA39L.icc'), open('GRACoL2006-TR006.icc')]);
  const srgb = await IccProfile.srgb();
  const inks = [fogra, gracol, fogra].map((press) =>
    new Transform(srgb, 'rgb8', press, 'cmyk8', 'relative', true).run(Uint8Array.of(200, 40, 90)),
  );
  expect(inks[2]).toEqual(inks[0]);
  expect(inks[1]).not.toEqual(inks[0]);
  const perceptual = new Transform(srgb, 'rgb8', fogra, 'cmyk8', 'perceptual', true);
  expect(perceptual.run(Uint8Array.of(10, 20, 250))).not.toEqual(
    new Transform(srgb, 'rgb8', fogra, 'cmyk8', 'relative', true).run(Uint8Array.of(10, 20, 250)),
  );
});
