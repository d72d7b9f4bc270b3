import type { Camera } from './camera.ts';
import { type LampSide, lampFrom, mirrored, shadeOf, softShadeOf } from './light.ts';
import { CORNER, type Mesh } from './mesh.ts';
import { type Shadow, shadowAt } from './shadow.ts';
import { mmPerPixel, sample, type Texture } from './texture.ts';
import { smooth, type Vector } from './vector.ts';

/** Some rows of a picture while things are drawn into them. */
export interface Band {
  readonly width: number;
  /** First row of the whole picture that it holds. */
  readonly top: number;
  readonly rows: number;
  /** RGBA, 0–255, multiplied by alpha. */
  readonly colour: Float32Array;
  /** One through the distance of what is seen; 0 where nothing is. */
  readonly near: Float32Array;
}

export interface Drawing {
  readonly camera: Camera;
  readonly lamp: LampSide;
  readonly contact: number;
  textureOf(page: number): Texture | undefined;
  /** Shadows on what lies flat, by its level. */
  readonly shadows: ReadonlyMap<number, Shadow>;
}

/** Light that a shadow takes from what lies below, at most. */
const SHADE = 0.55;
/** How dark an upright side is where it stands. */
const FOOT = 0.13;

/** Clear material is at least so far from nothing, 0–255. */
export const LEAST_ALPHA = 20;

/** What is interpolated: x y z, nx ny nz, u v. */
const P = [new Float64Array(3), new Float64Array(3), new Float64Array(3)] as const;
const texel = new Float64Array(4);

/** Draws a mesh into a band: solid ones first, then clear ones from the back to the front. */
export function drawMesh(mesh: Mesh, drawing: Drawing, band: Band): void {
  const { camera, shadows, lamp, contact } = drawing;
  const { material, corners, triangles, level } = mesh;
  const { width, top, rows, colour, near } = band;
  const light = lampFrom(lamp);
  const texture = material.page === null ? undefined : drawing.textureOf(material.page);
  const shadow = shadows.get(level);
  const eye = camera.position;
  for (let t = 0; t < triangles.length; t += 3) {
    const [i, j, k] = [triangles[t]! * CORNER, triangles[t + 1]! * CORNER, triangles[t + 2]! * CORNER];
    place(camera, corners, i, P[0]);
    place(camera, corners, j, P[1]);
    place(camera, corners, k, P[2]);
    const [ax, ay, aw] = P[0] as unknown as Vector;
    const [bx, by, bw] = P[1] as unknown as Vector;
    const [cx, cy, cw] = P[2] as unknown as Vector;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (Math.abs(area) < 1e-9) continue;
    const first = Math.max(top, Math.ceil(Math.min(ay, by, cy) - 0.5));
    const last = Math.min(top + rows - 1, Math.floor(Math.max(ay, by, cy) - 0.5));
    if (first > last) continue;
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5));
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5));
    const blur = texture ? blurOf(texture, corners, i, j, k, Math.abs(area)) : 0;
    for (let y = first; y <= last; y++) {
      for (let x = left; x <= right; x++) {
        const [sx, sy] = [x + 0.5, y + 0.5];
        const wa = ((bx - sx) * (cy - sy) - (by - sy) * (cx - sx)) / area;
        const wb = ((cx - sx) * (ay - sy) - (cy - sy) * (ax - sx)) / area;
        const wc = 1 - wa - wb;
        if (wa < 0 || wb < 0 || wc < 0) continue;
        const at = (y - top) * width + x;
        const depth = wa * aw + wb * bw + wc * cw;
        if (depth <= near[at]!) continue;
        const [fa, fb, fc] = [(wa * aw) / depth, (wb * bw) / depth, (wc * cw) / depth];
        const of = (n: number) => corners[i + n]! * fa + corners[j + n]! * fb + corners[k + n]! * fc;
        const [px, py, pz] = [of(0), of(1), of(2)];
        let [nx, ny, nz] = [of(3), of(4), of(5)];
        const long = 1 / Math.hypot(nx, ny, nz);
        const [ex, ey, ez] = [eye[0] - px, eye[1] - py, eye[2] - pz];
        const isAway = nx * ex + ny * ey + nz * ez < 0;
        const turn = isAway ? -long : long;
        nx *= turn;
        ny *= turn;
        nz *= turn;
        const bare = isAway && material.inside !== undefined;
        let [red, green, blue] = bare ? material.inside! : material.colour;
        let alpha = 255;
        if (texture && !bare) {
          sample(texture, of(6), of(7), blur, texel);
          const [r, g, b, a] = texel as unknown as readonly [number, number, number, number];
          alpha = material.clear ? a : 255;
          const under = material.clear ? 0 : 1 - a / 255;
          red = r + red * under;
          green = g + green * under;
          blue = b + blue * under;
        }
        let shade = (material.isSoft ? softShadeOf : shadeOf)(nx, ny, nz, light);
        if (contact > 0) shade *= 1 - FOOT * (1 - Math.abs(ny)) * (1 - smooth(0, contact, py));
        if (shadow) shade *= 1 - SHADE * shadowAt(shadow, px, pz);
        let shine = 0;
        if (material.gloss && !bare) {
          const far = 1 / Math.hypot(ex, ey, ez);
          shine = material.gloss * mirrored([nx, ny, nz], [ex * far, ey * far, ez * far], lamp);
        }
        const through = 1 - alpha / 255;
        const o = at * 4;
        // What is nearly clear mirrors as much as what is printed.
        const mirrors = shine * Math.min(1, alpha / LEAST_ALPHA);
        const light255 = mirrors * 255;
        colour[o] = (red * shade + colour[o]! * through) * (1 - mirrors) + light255;
        colour[o + 1] = (green * shade + colour[o + 1]! * through) * (1 - mirrors) + light255;
        colour[o + 2] = (blue * shade + colour[o + 2]! * through) * (1 - mirrors) + light255;
        colour[o + 3] = (alpha + colour[o + 3]! * through) * (1 - mirrors) + light255;
        if (!material.clear) near[at] = depth;
      }
    }
  }
}

function place(camera: Camera, corners: Float64Array, from: number, into: Float64Array): void {
  camera.project([corners[from]!, corners[from + 1]!, corners[from + 2]!], into);
}

/** How often the texture is to be halved so that a pixel of it is one of the screen. */
function blurOf(
  texture: Texture,
  corners: Float64Array,
  i: number,
  j: number,
  k: number,
  screen: number,
): number {
  const [u, v] = [corners[i + 6]!, corners[i + 7]!];
  const onPage = Math.abs(
    (corners[j + 6]! - u) * (corners[k + 7]! - v) - (corners[j + 7]! - v) * (corners[k + 6]! - u),
  );
  return 0.5 * Math.log2(onPage / mmPerPixel(texture) ** 2 / screen) - 0.2;
}
