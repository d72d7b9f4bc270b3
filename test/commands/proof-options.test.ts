import { expect, test } from 'vitest';
import { proofLook } from '../../src/commands/proof-options.ts';

const PLAIN = { proof: true, guides: false, paperWhite: false, gamut: false };

test('what a proof shows goes with a proof', () => {
  expect(proofLook({ ...PLAIN, guides: true })).toMatchObject({ proof: true, guides: true });
  expect(proofLook({ ...PLAIN, proof: false })).toMatchObject({ proof: false });
  expect(() => proofLook({ ...PLAIN, proof: false, gamut: true })).toThrow(
    'Expected no --gamut for --no-proof but received both',
  );
});
