import type { Random } from '../random.ts';
import type { Size } from '../units.ts';
import { extentOf, overlapOf, type Pose, type Shape } from './shape.ts';

/** How shapes may be turned: by any angle, or by one of some, radians. */
export type Turns = 'free' | readonly number[];

/** What all steps of the nesting go by. */
export interface Rules {
  /** The part of the sheet that may be used, mm, from 0 0. */
  readonly room: Size;
  /** To keep between shapes, mm. */
  readonly gap: number;
  readonly turns: Turns;
  readonly random: Random;
}

/** A shape that stands somewhere. */
export interface Standing {
  readonly shape: Shape;
  pose: Pose;
}

/** What a shape that fits exactly may be too large by rounding, mm. */
const ROUNDING = 1e-6;

/** The places that a turned shape's middle may have in the room; `null` where it is too large. */
export function placesIn(room: Size, shape: Shape, turn: number) {
  const { left, right, top, bottom } = extentOf(shape, turn);
  const [high, low] = [room.width - right, room.height - bottom];
  if (high < left - ROUNDING || low < top - ROUNDING) return null;
  return { left, right: Math.max(left, high), top, bottom: Math.max(top, low) };
}

/** The pose moved into the room by as little as it takes; `null` where the shape, turned so, is too large. */
export function heldIn(room: Size, shape: Shape, { x, y, turn }: Pose): Pose | null {
  const places = placesIn(room, shape, turn);
  if (!places) return null;
  return {
    x: Math.min(Math.max(x, places.left), places.right),
    y: Math.min(Math.max(y, places.top), places.bottom),
    turn,
  };
}

export const randomTurn = ({ turns, random }: Rules): number =>
  turns === 'free' ? random.between(0, 2 * Math.PI) : random.pick(turns);

/** Any pose in the room; `null` where the shape, turned so, is too large. */
export function randomPose(rules: Rules, shape: Shape): Pose | null {
  const turn = randomTurn(rules);
  const { random, room } = rules;
  const [u, v] = [random.next(), random.next()];
  const places = placesIn(room, shape, turn);
  if (!places) return null;
  return {
    x: places.left + u * (places.right - places.left),
    y: places.top + v * (places.bottom - places.top),
    turn,
  };
}

/** Whether a shape keeps the gap from all that stand already. */
export const isFree = (shape: Shape, pose: Pose, standing: readonly Standing[], gap: number): boolean =>
  standing.every((other) => overlapOf(shape, pose, other.shape, other.pose, gap, 0) === 0);

export const copied = (standing: readonly Standing[]): Standing[] => standing.map((one) => ({ ...one }));

const bottomOf = ({ shape, pose }: Standing): number => pose.y + extentOf(shape, pose.turn).bottom;

/** How far down the room it goes, mm. */
export const lowest = (standing: readonly Standing[]): number =>
  standing.reduce((low, one) => Math.max(low, bottomOf(one)), 0);

/** Turns that are looked at to see whether a shape fits at all: every two degrees. */
export const ALL_TURNS = Array.from({ length: 180 }, (_, i) => (i * Math.PI) / 90);
