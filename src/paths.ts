import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, the one with package.json, whether this runs from src, from dist or bundled. */
export const packageRoot = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();

/** A file or folder that the package ships, for example `packagePath('assets', 'icc')`. */
export const packagePath = (...parts: string[]): string => join(packageRoot, ...parts);
