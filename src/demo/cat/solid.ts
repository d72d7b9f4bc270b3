import type { Field } from '../engine/canvas.ts';
import { clamp } from '../engine/numbers.ts';

/** The distance from a place to the surface of a body: negative inside. x right, y up, z to the viewer. */
export type Solid = (x: number, y: number, z: number) => number;
export type Vector = readonly [x: number, y: number, z: number];

/** An ellipsoid (Quilez' bound: exact at the surface, near enough around it). */
export function ellipsoid([cx, cy, cz]: Vector, [rx, ry, rz]: Vector): Solid {
  return (x, y, z) => {
    const px = (x - cx) / rx;
    const py = (y - cy) / ry;
    const pz = (z - cz) / rz;
    const k0 = Math.sqrt(px * px + py * py + pz * pz);
    const k1 = Math.sqrt((px / rx) ** 2 + (py / ry) ** 2 + (pz / rz) ** 2);
    return k1 < 1e-9 ? -Math.min(rx, ry, rz) : (k0 * (k0 - 1)) / k1;
  };
}

/** A line that is thick at one end and thin at the other; `flat` < 1 flattens it front to back. */
export function limb(from: Vector, to: Vector, radius: number, endRadius: number, flat = 1): Solid {
  const [ax, ay, az] = from;
  const bx = to[0] - ax;
  const by = to[1] - ay;
  const bz = (to[2] - az) / flat;
  const length2 = bx * bx + by * by + bz * bz;
  return (x, y, z) => {
    const px = x - ax;
    const py = y - ay;
    const pz = (z - az) / flat;
    const t = clamp((px * bx + py * by + pz * bz) / length2);
    const distance = Math.sqrt((px - t * bx) ** 2 + (py - t * by) ** 2 + (pz - t * bz) ** 2);
    return (distance - radius - (endRadius - radius) * t) * Math.min(flat, 1);
  };
}

/** Two bodies grown into one; `soft` is how far the join reaches. */
export function join(a: Solid, b: Solid, soft: number): Solid {
  return (x, y, z) => {
    const p = a(x, y, z);
    const q = b(x, y, z);
    const near = Math.max(soft - Math.abs(p - q), 0) / soft;
    return Math.min(p, q) - near * near * soft * 0.25;
  };
}

/** A body with another scooped out of it. */
export function scoop(a: Solid, b: Solid, soft: number): Solid {
  return (x, y, z) => {
    const p = a(x, y, z);
    const q = -b(x, y, z);
    const near = Math.max(soft - Math.abs(p - q), 0) / soft;
    return Math.max(p, q) + near * near * soft * 0.25;
  };
}

/** The body turned about the upright axis through the origin, radians. */
export function turned(solid: Solid, angle: number): Solid {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (x, y, z) => solid(x * cos - z * sin, y, x * sin + z * cos);
}

/** What the eye sees of a body: for each pixel whether and where it is hit, and which way it faces there. */
export interface View {
  readonly size: number;
  /** 1 where the body is. */
  readonly hit: Field;
  /** Three numbers a pixel: the place in the body's own frame. */
  readonly place: Float32Array;
  /** Three numbers a pixel: the surface's outward direction, as the viewer sees it. */
  readonly normal: Float32Array;
}

export interface Camera {
  /** Turns in radians: about the upright axis, up and down, and on the page. */
  readonly turn: number;
  readonly nod: number;
  readonly roll: number;
  /** Pixels a unit. */
  readonly scale: number;
  /** Where the body's origin lies on the page, px. */
  readonly x: number;
  readonly y: number;
}

/** Marches a parallel ray through every pixel to the body's surface. `reach` is the body's half depth. */
export function look(solid: Solid, size: number, camera: Camera, reach: number): View {
  const axes = frame(camera);
  const view: View = {
    size,
    hit: new Float32Array(size * size),
    place: new Float32Array(size * size * 3),
    normal: new Float32Array(size * size * 3),
  };
  const [right, up, toward] = axes;
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      const u = (px + 0.5 - camera.x) / camera.scale;
      const v = (camera.y - py - 0.5) / camera.scale;
      let depth = reach;
      for (let step = 0; step < 90 && depth > -reach; step++) {
        const x = u * right[0] + v * up[0] + depth * toward[0];
        const y = u * right[1] + v * up[1] + depth * toward[1];
        const z = u * right[2] + v * up[2] + depth * toward[2];
        const distance = solid(x, y, z);
        if (distance < 0.002) {
          record(view, py * size + px, solid, [x, y, z], axes);
          break;
        }
        depth -= distance * 0.85;
      }
    }
  }
  return view;
}

/** Where a place of the body appears on the page, px. */
export function project(camera: Camera, [x, y, z]: Vector): readonly [x: number, y: number] {
  const [right, up] = frame(camera);
  const along = (axis: Vector): number => (x * axis[0] + y * axis[1] + z * axis[2]) * camera.scale;
  return [camera.x + along(right), camera.y - along(up)];
}

/** The viewer's right, up and toward directions, in the body's frame. */
function frame({ turn, nod, roll }: Camera): readonly [Vector, Vector, Vector] {
  const rotate = ([x, y, z]: Vector): Vector => {
    const rx = x * Math.cos(roll) - y * Math.sin(roll);
    const ry = x * Math.sin(roll) + y * Math.cos(roll);
    const ny = ry * Math.cos(nod) - z * Math.sin(nod);
    const nz = ry * Math.sin(nod) + z * Math.cos(nod);
    return [rx * Math.cos(turn) + nz * Math.sin(turn), ny, -rx * Math.sin(turn) + nz * Math.cos(turn)];
  };
  return [rotate([1, 0, 0]), rotate([0, 1, 0]), rotate([0, 0, 1])];
}

function record(view: View, pixel: number, solid: Solid, place: Vector, axes: readonly Vector[]): void {
  const [x, y, z] = place;
  const e = 0.004;
  const gx = solid(x + e, y, z) - solid(x - e, y, z);
  const gy = solid(x, y + e, z) - solid(x, y - e, z);
  const gz = solid(x, y, z + e) - solid(x, y, z - e);
  const length = Math.hypot(gx, gy, gz) || 1;
  view.hit[pixel] = 1;
  for (let c = 0; c < 3; c++) {
    const axis = axes[c]!;
    view.place[pixel * 3 + c] = place[c]!;
    view.normal[pixel * 3 + c] = (gx * axis[0] + gy * axis[1] + gz * axis[2]) / length;
  }
}
