import type { Size } from '../units.ts';
import { cameraFor, type View } from './camera.ts';
import { type Colour, LEAVES, type Mesh } from './mesh.ts';
import { type Band, type Drawing, drawMesh } from './raster.ts';
import { type Scene, turnedMeshes } from './scene.ts';
import { type Shadow, shadowAt, shadowOn } from './shadow.ts';
import { type Texture, textureOf } from './texture.ts';

export interface PictureWish {
  readonly scene: Scene;
  /** Of the pages, by number. */
  readonly textures: readonly (Texture | undefined)[];
  readonly view: View;
  /** px */
  readonly size: Size;
  /** What it stands on; `null` leaves only the shadow on clear ground. */
  readonly ground: Colour | null;
  /** Points looked at in a pixel, along a side. */
  readonly samples: number;
  /** Directions from which light comes. */
  readonly lights: number;
}

/** Rows that are drawn at a time. */
const ROWS = 96;
/** Light that the thing takes from the ground, at most. */
const SHADOW = 0.58;
/** How much darker the ground is in the picture's corners. */
const CORNERS = 0.07;

/**
 * Draws a thing, some rows at a time, so that others have their turn between them.
 * @param rgba receives the picture, RGBA, not multiplied
 */
export function* drawPicture(wish: PictureWish, rgba: Uint8ClampedArray): Generator<void> {
  const { scene, view, size, samples, lights, textures } = wish;
  const meshes = turnedMeshes(scene.meshes, view.yaw);
  const camera = cameraFor(scene.extent, meshes, view, size);
  const fine = {
    ...camera,
    project(point: readonly [number, number, number], into: Float64Array) {
      camera.project(point, into);
      into[0]! *= samples;
      into[1]! *= samples;
    },
  };
  const shadows = shadowsOf(meshes, scene, lights);
  const drawing: Drawing = {
    ...{ camera: fine, lamp: scene.lamp, contact: scene.contact, shadows },
    textureOf: (page) => (page === LEAVES ? leaves() : textures[page]),
  };
  // What is clear comes last, over what lies under it.
  const ordered = [...meshes].sort(
    (a, b) => Number(a.material.clear ?? false) - Number(b.material.clear ?? false) || a.level - b.level,
  );
  const width = size.width * samples;
  const colour = new Float32Array(width * ROWS * samples * 4);
  const near = new Float32Array(width * ROWS * samples);
  for (let top = 0; top < size.height; top += ROWS) {
    const rows = Math.min(ROWS, size.height - top);
    const band: Band = { width, top: top * samples, rows: rows * samples, colour, near };
    colour.fill(0);
    near.fill(0);
    for (const mesh of ordered) drawMesh(mesh, drawing, band);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < size.width; x++) {
        pixel(band, x, y, samples, SEEN);
        stand(SEEN, camera, x, top + y, wish, shadows.get(0)!);
        rgba.set(SEEN, ((top + y) * size.width + x) * 4);
      }
    }
    yield;
  }
}

const SEEN = new Float64Array(4);

/** The mean of a pixel's points; multiplied. */
function pixel({ width, colour }: Band, x: number, y: number, samples: number, into: Float64Array): void {
  into.fill(0);
  for (let j = 0; j < samples; j++) {
    let i = ((y * samples + j) * width + x * samples) * 4;
    for (let k = 0; k < samples; k++, i += 4) {
      for (let c = 0; c < 4; c++) into[c]! += colour[i + c]!;
    }
  }
  for (let c = 0; c < 4; c++) into[c]! /= samples * samples;
}

/** Puts the ground behind a pixel. @param into multiplied; becomes not multiplied */
function stand(
  into: Float64Array,
  camera: ReturnType<typeof cameraFor>,
  x: number,
  y: number,
  { ground, size }: PictureWish,
  shadow: Shadow,
): void {
  const cover = into[3]! / 255;
  let dark = 0;
  if (cover < 1) {
    const [dx, dy, dz] = camera.ray(x + 0.5, y + 0.5);
    const [px, py, pz] = camera.position;
    if (dy < 0) dark = SHADOW * shadowAt(shadow, px - (dx * py) / dy, pz - (dz * py) / dy);
  }
  const behind = 1 - cover;
  if (!ground) {
    const alpha = cover + behind * dark;
    for (let c = 0; c < 3; c++) into[c] = alpha > 0 ? into[c]! / alpha : 0;
    into[3] = alpha * 255;
    return;
  }
  const [ox, oy] = [x / size.width - 0.5, y / size.height - 0.5];
  const light = (1 - dark) * (1.012 - CORNERS * 2 * (ox * ox + oy * oy));
  for (let c = 0; c < 3; c++) into[c]! += ground[c]! * light * behind;
  into[3] = 255;
}

/** On the ground, and on each layer that something lies on. */
function shadowsOf(meshes: readonly Mesh[], scene: Scene, count: number): Map<number, Shadow> {
  const side = scene.lamp;
  const highest = Math.max(...meshes.map(({ level }) => level));
  const shadows = new Map([[0, shadowOn(meshes, scene.extent, { y: 0, side, count })]]);
  for (let level = 1; level < highest; level++) {
    const y = Math.max(...meshes.filter((mesh) => mesh.level === level).map((mesh) => mesh.corners[1]!));
    const above = meshes.filter((mesh) => mesh.level > level);
    shadows.set(level, shadowOn(above, scene.extent, { y, side, count }));
  }
  return shadows;
}

let edges: Texture | undefined;

/** Sixty mm of leaves: bright and less bright lines, always the same. */
function leaves(): Texture {
  if (edges) return edges;
  const [width, height] = [4, 512];
  const data = new Uint8ClampedArray(width * height * 4);
  let state = 1;
  for (let y = 0; y < height; y++) {
    // Park and Miller's generator: strewn enough for leaves.
    state = (state * 48271) % 2147483647;
    const light = 1 - 0.16 * (state / 2147483647) ** 2;
    for (let x = 0; x < width; x++)
      data.set([243 * light, 239 * light, 228 * light, 255], (y * width + x) * 4);
  }
  edges = textureOf(data, width, height, { x: 0, y: 0, width: 400, height: 60 });
  return edges;
}

/** The whole picture at once. @returns RGBA, not multiplied */
export function pictureOf(wish: PictureWish): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(wish.size.width * wish.size.height * 4);
  for (const _ of drawPicture(wish, rgba));
  return rgba;
}
