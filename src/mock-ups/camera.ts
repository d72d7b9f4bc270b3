import type { Size } from '../units.ts';
import { CORNER, type Mesh } from './mesh.ts';
import type { Vector } from './vector.ts';

/** From where the thing is seen: how far it is turned, and how high the camera stands, radians. */
export interface View {
  readonly yaw: number;
  readonly pitch: number;
}

/** The room that a thing takes on its turntable, mm: a cylinder that stands on the ground. */
export interface Extent {
  readonly radius: number;
  readonly height: number;
}

/** Places in the scene to places in the picture. */
export interface Camera {
  readonly position: Vector;
  /**
   * Where a point is seen.
   * @param into x and y in px, and one through its distance along the view
   */
  project(point: Vector, into: Float64Array): void;
  /** The direction in which a pixel looks; not of length 1. */
  ray(x: number, y: number): Vector;
}

/** Distance by the thing's size: as a lens of about 90 mm sees it on 35 mm film. */
const DISTANCE = 4.4;
/** Free around the thing, in fractions of the picture's sides. */
const MARGIN = 0.11;

/**
 * A camera that shows a thing whole, as large as it fits.
 * @param meshes as they are turned
 * @param size of the picture, px
 */
export function cameraFor(
  { radius, height }: Extent,
  meshes: readonly Mesh[],
  { pitch }: View,
  size: Size,
): Camera {
  const [cos, sin] = [Math.cos(pitch), Math.sin(pitch)];
  const distance = DISTANCE * Math.max(2 * radius, height);
  const position: Vector = [0, height / 2 + distance * sin, distance * cos];
  /** Along the camera's own axes: right, up, and away from it. */
  const own = ([x, y, z]: Vector): Vector => {
    const [dy, dz] = [y - position[1], z - position[2]];
    return [x, dy * cos - dz * sin, -(dy * sin + dz * cos)];
  };
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { corners } of meshes) {
    for (let i = 0; i < corners.length; i += CORNER) {
      const [right, up, away] = own([corners[i]!, corners[i + 1]!, corners[i + 2]!]);
      bounds[0] = Math.min(bounds[0]!, right / away);
      bounds[1] = Math.min(bounds[1]!, up / away);
      bounds[2] = Math.max(bounds[2]!, right / away);
      bounds[3] = Math.max(bounds[3]!, up / away);
    }
  }
  const [left, bottom, right, top] = bounds as [number, number, number, number];
  const room = 1 - 2 * MARGIN;
  const scale = Math.min((size.width * room) / (right - left), (size.height * room) / (top - bottom));
  const [middleX, middleY] = [(left + right) / 2, (bottom + top) / 2];
  return {
    position,
    project(point, into) {
      const [x, y, away] = own(point);
      into[0] = size.width / 2 + (x / away - middleX) * scale;
      into[1] = size.height / 2 - (y / away - middleY) * scale;
      into[2] = 1 / away;
    },
    ray(x, y) {
      const right = (x - size.width / 2) / scale + middleX;
      const up = (size.height / 2 - y) / scale + middleY;
      return [right, up * cos - sin, -(up * sin + cos)];
    },
  };
}
