import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sample pictures beside the repository: paintings made by Stable Diffusion. */
export function samplePictures() {
  const folder = fileURLToPath(new URL('../../shared/samples/stable-diffusion', import.meta.url));
  if (!existsSync(folder)) throw new Error(`The sample pictures are not there: ${folder}`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .sort()
    .map((name) => join(folder, name));
}
