import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Condition } from './conditions.ts';

/** The colours of a file that stays in sRGB: what a press file's `PressColours` is to it. */
export interface ScreenColours {
  readonly space: 'rgb';
  /** The profile's bytes, deflated. */
  packedProfile(): Promise<Uint8Array>;
  readonly profileName: string;
  readonly condition: Condition;
}

/** The profile that sharp gives its own pictures in sRGB (IEC 61966-2-1). */
export async function srgbProfile(): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const pixel = { create: { width: 1, height: 1, channels: 3, background: '#fff' } } as const;
  const png = await sharp(pixel).withIccProfile('srgb').png().toBuffer();
  return (await sharp(png).metadata()).icc!;
}

/** sRGB with the profile that pictures have, so that both say the same. */
export async function screenColours(): Promise<ScreenColours> {
  const icc = await srgbProfile();
  const identifier = 'sRGB IEC61966-2.1';
  return {
    space: 'rgb',
    packedProfile: () => promisify(deflate)(icc),
    profileName: identifier,
    condition: { identifier, info: identifier, registry: 'http://www.color.org' },
  };
}
