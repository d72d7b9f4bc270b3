import { fileURLToPath } from 'node:url';

/** The package's own folder (the one with package.json), from `src/` and from `dist/` alike. */
export const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** A file or folder that the package ships, for example `packagePath('assets', 'icc')`. */
export const packagePath = (...parts: string[]): string =>
  [packageRoot.replace(/[/\\]$/, ''), ...parts].join('/');
