import { readFileSync } from 'node:fs';
import { packagePath } from './paths.ts';

/** The program's version, as in package.json. */
export const VERSION: string = (
  JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }
).version;

/** What the program calls itself in the files it makes. */
export const PRODUCER = `printcat ${VERSION}`;
