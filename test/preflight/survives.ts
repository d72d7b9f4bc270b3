import { expect } from 'vitest';
import { PrintcatError } from '../../src/errors.ts';
import { preflight } from '../../src/preflight/preflight.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';

/** What nobody should have to read: the words of a program that fell over its own feet. */
const STUMBLED =
  /undefined|not a function|not iterable|Cannot (read|set) prop|call stack|Invalid array length|reader stopped/i;
const GAVE_UP = /could not be read (within|with)/;

/**
 * A file, whatever it is, ends in findings or in a clear error: within the time and 900 MB (the limits that the
 * reader's thread is held to; a finding tells where they were met), and not in a stumble.
 */
export async function expectSurvival(file: Uint8Array, seconds: number): Promise<void> {
  try {
    const options = { profile: profileNamed('sheetfed') };
    const { findings } = await preflight(file, options, { seconds, megabytes: 900 });
    const messages = findings.map(({ message }) => message);
    expect(messages.filter((message) => STUMBLED.test(message) || GAVE_UP.test(message))).toEqual([]);
  } catch (error) {
    if (!(error instanceof PrintcatError)) throw error;
    expect(error.message).not.toMatch(STUMBLED);
    expect(error.hint).toBeTruthy();
  }
}
