import { describe, expect, it } from 'vitest';
import { layOnAcrylic } from '../../src/mock-ups/acrylic.ts';
import { cutOut, ringsOf } from '../../src/mock-ups/outline.ts';
import { pictureOf } from '../../src/mock-ups/picture.ts';
import { sceneOf } from '../../src/mock-ups/scene.ts';
import { type Texture, textureOf } from '../../src/mock-ups/texture.ts';
import type { BookMockUp, KeychainMockUp, MockUp, SheetMockUp } from '../../src/products/mock-up.ts';
import type { Box } from '../../src/units.ts';

const BACK = [40, 120, 200] as const;
const SPINE = [30, 160, 60] as const;
const FRONT = [200, 60, 40] as const;
const FLAP = [230, 200, 30] as const;

/** A cover of four colours: back, spine, front, and a flap; 100 × 150 mm, 20 mm thick. */
const BOOK: BookMockUp = {
  ...{ shape: 'book', height: 150, depth: 20, binding: 'left', overhang: 0, flapBack: null },
  back: { page: 0, box: { x: 0, y: 0, width: 100, height: 150 } },
  spine: { page: 0, box: { x: 100, y: 0, width: 20, height: 150 } },
  front: { page: 0, box: { x: 120, y: 0, width: 100, height: 150 } },
  flapFront: { page: 0, box: { x: 220, y: 0, width: 60, height: 150 } },
};

/** Fields of one colour each, from left to right, by where they end in mm. */
function striped(box: Box, fields: readonly (readonly [end: number, colour: readonly number[]])[]): Texture {
  const [width, height] = [Math.round(box.width), Math.round(box.height)];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    data.set([...fields.find(([end]) => x < end)![1], 255], i * 4);
  }
  return textureOf(data, width, height, box);
}

const COVER = striped({ x: 0, y: 0, width: 280, height: 150 }, [
  [100, BACK],
  [120, SPINE],
  [220, FRONT],
  [280, FLAP],
]);

const size = { width: 400, height: 400 };

function drawn(mockUp: MockUp, textures: Texture[], yaw: number, pitch = 0.1, open = 0, clear = false) {
  const scene = sceneOf(mockUp, open);
  const ground = clear ? null : ([236, 234, 230] as const);
  const wish = { scene, textures, size, ground, samples: 2, lights: 24, view: { yaw, pitch } };
  const data = pictureOf(wish);
  return (x: number, y: number) => [...data.subarray((y * 400 + x) * 4, (y * 400 + x) * 4 + 4)];
}

const expectColour = (seen: readonly number[], wanted: readonly number[], within: number) => {
  for (const c of [0, 1, 2])
    expect(Math.abs(seen[c]! - wanted[c]!), `${seen} for ${wanted}`).toBeLessThan(within);
};

describe('a picture of a book', () => {
  it("has the print's colours on the front that faces the camera", () => {
    expectColour(drawn(BOOK, [COVER], 0)(200, 200), FRONT, 12);
  });

  it('shows the back when it is turned around, and the spine from its side', () => {
    expectColour(drawn(BOOK, [COVER], Math.PI)(200, 200), BACK, 12);
    const spine = drawn(BOOK, [COVER], Math.PI / 2)(200, 200);
    // The side that is turned away from the lamp is darker, of the same hue.
    expect(spine[1]! / spine[0]!).toBeCloseTo(SPINE[1] / SPINE[0], 0);
    expect(spine[1]).toBeGreaterThan(SPINE[1] * 0.6);
  });

  it('shows a book that is bound on the right the other way round', () => {
    const right = drawn({ ...BOOK, binding: 'right' }, [COVER], -Math.PI / 2)(200, 200);
    expect(right[1]! / right[0]!).toBeCloseTo(SPINE[1] / SPINE[0], 0);
  });

  it('folds its flap out', () => {
    const isFlap = ([red, green, blue]: readonly number[]) => red! > 150 && green! > 130 && blue! < 80;
    const row = (open: number) => {
      const at = drawn(BOOK, [COVER], 0, 0.1, open);
      return Array.from({ length: 400 }, (_, x) => at(x, 200)).filter(isFlap).length;
    };
    expect(row(0)).toBe(0);
    expect(row(1)).toBeGreaterThan(60);
  });

  it('has its true proportions', () => {
    const at = drawn(BOOK, [COVER], 0, 0.02, 0, true);
    const across = Array.from({ length: 400 }, (_, x) => at(x, 200)[3]!).filter(
      (alpha) => alpha > 250,
    ).length;
    const down = Array.from({ length: 400 }, (_, y) => at(200, y)[3]!).filter((alpha) => alpha > 250).length;
    expect(across / down).toBeGreaterThan(0.64);
    expect(across / down).toBeLessThan(0.69);
  });

  it('stands in its own soft shadow, on clear ground too', () => {
    const at = drawn(BOOK, [COVER], 0.5, 0.2, 0, true);
    const alphas = Array.from({ length: 400 }, (_, x) => at(x, 350)[3]!);
    expect(alphas.some((alpha) => alpha > 20 && alpha < 160)).toBe(true);
    expect(at(2, 2)[3]).toBe(0);
  });

  it('is the same each time', () => {
    const wish = { scene: sceneOf(BOOK), textures: [COVER], size, samples: 1, lights: 8 };
    const view = { yaw: 0.4, pitch: 0.2 };
    const one = pictureOf({ ...wish, view, ground: null });
    expect(Buffer.from(pictureOf({ ...wish, view, ground: null })).equals(Buffer.from(one))).toBe(true);
  });
});

describe('a picture of a thing', () => {
  const red = (width: number, height: number) => striped({ x: 0, y: 0, width, height }, [[width, FRONT]]);

  it('has the print where it is: mug, badge, bag, sheet', () => {
    const mug: MockUp = {
      ...{ shape: 'cylinder', diameter: 82, height: 95 },
      wrap: { page: 0, box: { x: 0, y: 0, width: 229, height: 89 } },
    };
    expectColour(drawn(mug, [red(229, 89)], 0)(200, 200), FRONT, 30);
    const badge: MockUp = {
      ...{ shape: 'disc', diameter: 57 },
      face: { page: 0, box: { x: 0, y: 0, width: 67, height: 67 } },
    };
    expectColour(drawn(badge, [red(67, 67)], 0, 1.4)(200, 230), FRONT, 30);
    const bag: MockUp = {
      shape: 'bag',
      front: { page: 0, box: { x: 0, y: 0, width: 430, height: 420 } },
      back: { page: 0, box: { x: 0, y: 420, width: 430, height: 420 } },
    };
    expectColour(drawn(bag, [red(430, 840)], 0)(200, 260), FRONT, 25);
  });

  it('lays a print on the chest of a shirt, and leaves the shirt as it is where the print is clear', () => {
    const box = { x: 0, y: 0, width: 300, height: 400 };
    const shirt = (dark: boolean): MockUp => ({ shape: 'shirt', dark, print: { page: 0, box } });
    expectColour(drawn(shirt(false), [red(300, 400)], 0, 1.4)(200, 230), FRONT, 25);
    const nothing = textureOf(new Uint8ClampedArray(30 * 40 * 4), 30, 40, box);
    for (const [dark, colour] of [
      [false, [246, 245, 242]],
      [true, [54, 54, 58]],
    ] as const) {
      const at = drawn(shirt(dark), [nothing], 0, 1.4);
      // Within the print, at its edge and beside it.
      for (const x of [200, 140, 132]) expectColour(at(x, 230), colour, 40);
    }
  });

  it('lets light through acrylic where nothing is printed, and ink alone shine', () => {
    const box = { x: 0, y: 0, width: 50, height: 50 };
    const square = (from: number, to: number) =>
      `M${from} ${from}C${from} ${from} ${to} ${from} ${to} ${from}C${to} ${from} ${to} ${to} ${to} ${to}` +
      `C${to} ${to} ${from} ${to} ${from} ${to}C${from} ${to} ${from} ${from} ${from} ${from}Z`;
    const keychain: KeychainMockUp = {
      ...{ shape: 'keychain', thickness: 3, front: { page: 0, box } },
      ...{ outline: square(5, 45), white: square(15, 35) },
    };
    const page = (colour: readonly number[]) =>
      new Uint8ClampedArray(50 * 50 * 4).map((_, i) => [...colour, 255][i % 4]!);
    const alphas = (colour: readonly number[], white: string | null) => {
      const data = page(colour);
      layOnAcrylic(data, 50, 50, { ...keychain, white });
      return [2, 10, 25].map((x) => data[(25 * 50 + x) * 4 + 3]!);
    };
    // Outside of the cut, clear, with white under it.
    const [outside, clear, covered] = alphas([255, 255, 255], keychain.white) as [number, number, number];
    expect([outside, covered]).toEqual([0, 255]);
    expect(clear).toBeGreaterThan(10);
    expect(clear).toBeLessThan(60);
    expect(alphas([255, 255, 255], null)[2]).toBe(clear);
    // A full ink covers by itself.
    expect(alphas([255, 255, 0], null)[2]).toBe(255);

    const data = page(FRONT);
    layOnAcrylic(data, 50, 50, keychain);
    expectColour(drawn(keychain, [textureOf(data, 50, 50, box)], 0, 1.4)(200, 270), FRONT, 30);
  });

  it('runs a print over the sides of a telephone, and leaves its camera free', () => {
    const box = { x: 0, y: 0, width: 89, height: 168 };
    const camera = { x: 9, y: 9, width: 38, height: 38 };
    const phone: MockUp = {
      ...{ shape: 'phone-case', side: 5, thickness: 11, corner: 12, camera },
      face: { page: 0, box },
    };
    const at = drawn(phone, [red(89, 168)], 0);
    expectColour(at(200, 260), FRONT, 25);
    for (const channel of [0, 1, 2]) expect(at(165, 95)[channel]).toBeLessThan(90);
    // From aside the print is still seen on the side that is turned to the camera.
    const aside = drawn(phone, [red(89, 168)], Math.PI / 2 - 0.05);
    const reds = Array.from({ length: 400 }, (_, x) => aside(x, 230)).filter((c) => c[0]! > c[2]! * 2);
    expect(reds.length).toBeGreaterThan(8);
  });

  it('leaves out what is cut away', () => {
    const sticker: SheetMockUp = {
      ...{ shape: 'sheet', on: 'table', thickness: 0.2, back: null },
      front: { page: 0, box: { x: 0, y: 0, width: 100, height: 100 } },
      outline: 'M50 0C50 0 100 50 100 50C100 50 50 100 50 100C50 100 0 50 0 50C0 50 50 0 50 0Z',
    };
    const box = sticker.front.box;
    const data = new Uint8ClampedArray(100 * 100 * 4).map((_, i) => [...FRONT, 255][i % 4]!);
    cutOut(data, 100, 100, box, ringsOf(sticker.outline ?? ''));
    // A rhombus: half of the square.
    const left = data.filter((value, i) => i % 4 === 3 && value > 127).length;
    expect(left / 10_000).toBeCloseTo(0.5, 1);
    const at = drawn(sticker, [textureOf(data, 100, 100, box)], 0, 1.5);
    expectColour(at(200, 200), FRONT, 12);
    expect(at(70, 70)[0]! - at(70, 70)[2]!).toBeLessThan(12);
  });
});
