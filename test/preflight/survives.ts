import { expect } from 'vitest';
import { PrintcatError } from '../../src/errors.ts';
import { preflight } from '../../src/preflight/preflight.ts';
import { profileNamed } from '../../src/preflight/profiles.ts';

/** What nobody should have to read: the words of a program that fell over its own feet. */
const STUMBLED =
  /undefined|not a function|not iterable|Cannot (read|set) prop|call stack|Invalid array length|reader stopped/i;
const GAVE_UP = /could not be read (within|with)/;

/**
 * A file, whatever it is, ends in findings or in a clear error: within 5 s and 1 GB (the limits that the reader's
 * thread is held to; a finding tells where they were met), and not in a stumble.
 */
export async function expectSurvival(file: Uint8Array, mayGiveUp = false): Promise<void> {
  const limits = { seconds: 5, megabytes: 900 };
  try {
    const { findings } = await preflight(file, { profile: profileNamed('sheetfed') }, limits);
    const messages = findings.map(({ message }) => message);
    expect(messages.filter((message) => STUMBLED.test(message))).toEqual([]);
    if (!mayGiveUp) expect(messages.filter((message) => GAVE_UP.test(message))).toEqual([]);
  } catch (error) {
    if (!(error instanceof PrintcatError)) throw error;
    expect(error.message).not.toMatch(STUMBLED);
    expect(error.hint).toBeTruthy();
  }
}
