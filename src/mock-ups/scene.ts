import type { MockUp } from '../products/mock-up.ts';
import { bagMeshes } from './bag.ts';
import { bookMeshes } from './book.ts';
import type { Extent, View } from './camera.ts';
import { mugMeshes } from './cylinder.ts';
import { badgeMeshes } from './disc.ts';
import { keychainMeshes } from './keychain.ts';
import type { LampSide } from './light.ts';
import { CORNER, type Mesh } from './mesh.ts';
import { phoneCaseMeshes } from './phone-case.ts';
import { sheetMeshes } from './sheet.ts';
import { shirtMeshes } from './shirt.ts';
import { turned } from './vector.ts';

/** What stands before the camera. */
export interface Scene {
  readonly meshes: readonly Mesh[];
  readonly extent: Extent;
  /** From where it is seen first. */
  readonly view: View;
  readonly lamp: LampSide;
  /** Upright things darken towards the ground they stand on, over so many mm; 0 for what lies. */
  readonly contact: number;
}

const degrees = (angle: number): number => (angle * Math.PI) / 180;

/**
 * A thing in true proportions.
 * @param open how far the flaps of a jacket are folded out, 0–1
 */
export function sceneOf(mockUp: MockUp, open = 0): Scene {
  switch (mockUp.shape) {
    case 'book': {
      const meshes = bookMeshes(mockUp, open);
      const side = mockUp.binding === 'left' ? 1 : -1;
      return {
        ...{ meshes, extent: extentOf(meshes), contact: mockUp.height * 0.09 },
        lamp: side === 1 ? 'right' : 'left',
        view: { yaw: degrees(28) * side, pitch: degrees(11) },
      };
    }
    case 'cylinder': {
      const meshes = mugMeshes(mockUp);
      const view = { yaw: degrees(-52), pitch: degrees(15) };
      return { meshes, extent: extentOf(meshes), contact: mockUp.height * 0.2, lamp: 'left', view };
    }
    case 'disc': {
      const meshes = badgeMeshes(mockUp);
      const view = { yaw: degrees(0), pitch: degrees(58) };
      return { meshes, extent: extentOf(meshes), contact: 0, lamp: 'left', view };
    }
    case 'bag': {
      const meshes = bagMeshes(mockUp);
      const view = { yaw: degrees(16), pitch: degrees(6) };
      return {
        meshes,
        extent: extentOf(meshes),
        contact: mockUp.front.box.height * 0.1,
        lamp: 'right',
        view,
      };
    }
    case 'keychain': {
      const meshes = keychainMeshes(mockUp);
      const view = { yaw: degrees(12), pitch: degrees(62) };
      return { meshes, extent: extentOf(meshes), contact: 0, lamp: 'left', view };
    }
    case 'phone-case': {
      const meshes = phoneCaseMeshes(mockUp);
      const view = { yaw: degrees(24), pitch: degrees(9) };
      const contact = mockUp.face.box.height * 0.08;
      return { meshes, extent: extentOf(meshes), contact, lamp: 'left', view };
    }
    case 'shirt': {
      const meshes = shirtMeshes(mockUp);
      const view = { yaw: degrees(0), pitch: degrees(80) };
      return { meshes, extent: extentOf(meshes), contact: 0, lamp: 'left', view };
    }
    default: {
      const meshes = sheetMeshes(mockUp);
      const view = { yaw: degrees(14), pitch: degrees(66) };
      return { meshes, extent: extentOf(meshes), contact: 0, lamp: 'left', view };
    }
  }
}

/** The pages that are seen on it, from 0. */
export const pagesOf = (mockUp: MockUp): number[] => (mockUp.shape === 'sheet' && mockUp.back ? [0, 1] : [0]);

/** The turntable that takes it. */
function extentOf(meshes: readonly Mesh[]): Extent {
  let [radius, height] = [0, 0];
  for (const { corners } of meshes) {
    for (let i = 0; i < corners.length; i += CORNER) {
      radius = Math.max(radius, Math.hypot(corners[i]!, corners[i + 2]!));
      height = Math.max(height, corners[i + 1]!);
    }
  }
  return { radius, height };
}

/** The meshes turned on their table. */
export const turnedMeshes = (meshes: readonly Mesh[], yaw: number): Mesh[] =>
  meshes.map((mesh) => {
    const corners = new Float64Array(mesh.corners);
    for (let i = 0; i < corners.length; i += CORNER) {
      for (const k of [i, i + 3]) {
        corners.set(turned([corners[k]!, corners[k + 1]!, corners[k + 2]!], yaw), k);
      }
    }
    const outline = mesh.outline?.map((ring) => ring.map((point) => turned(point, yaw)));
    return { ...mesh, corners, ...(outline && { outline }) };
  });
