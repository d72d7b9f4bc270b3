import { describe, expect, test } from 'vitest';
import { chooseProfile, conditionOf, registeredName } from '../../src/colour/conditions.ts';
import { PressColours } from '../../src/colour/press-colours.ts';
import { packagePath } from '../../src/paths.ts';

const SHIPPED = ['FOGRA39', 'CGATS TR 006'];

describe('the name of a printing condition', () => {
  test.each([
    ['FOGRA51', 'FOGRA51'],
    ['fogra52', 'FOGRA52'],
    ['TR006', 'CGATS TR 006'],
    ['cgats tr 003', 'CGATS TR 003'],
    ['CGATS21-2-crpc6', 'CGATS21-2-CRPC6'],
    ['jc200103', 'JC200103'],
    ['FOGRA', null],
    ['My press', null],
  ])('%s is registered as %s', (typed, name) => expect(registeredName(typed)).toBe(name));

  test('a registered one has the registry beside it', () => {
    expect(conditionOf('jc200103', 'A file')).toMatchObject({
      identifier: 'JC200103',
      registry: 'http://www.color.org',
    });
  });

  test("a press's own stands as it is, with the profile's description and without a registry", () => {
    expect(conditionOf('House press 3', 'Their profile')).toEqual({
      identifier: 'House press 3',
      info: 'Their profile',
      registry: null,
    });
    expect(conditionOf(undefined, 'Their profile')).toMatchObject({ identifier: 'Custom', registry: null });
  });
});

describe('the profile of an order', () => {
  test.each([
    [{}, { profile: 'FOGRA39' }],
    [{ profile: 'cgats tr006' }, { profile: 'CGATS TR 006' }],
    [{ condition: 'TR 006' }, { profile: 'CGATS TR 006' }],
    [{ profile: 'FOGRA39', condition: 'fogra39' }, { profile: 'FOGRA39' }],
    [
      { profile: 'press.icc', condition: 'FOGRA51' },
      { profile: 'press.icc', condition: 'FOGRA51' },
    ],
    [{ profile: './FOGRA39' }, { profile: './FOGRA39' }],
  ])('%o is %o', (wish, chosen) => expect(chooseProfile(wish, 'FOGRA39', SHIPPED)).toEqual(chosen));

  test('a condition needs its profile', () => {
    expect(() => chooseProfile({ condition: 'FOGRA51' }, 'FOGRA39', SHIPPED)).toThrow(
      /--profile file\.icc beside --condition.*received FOGRA51/,
    );
    expect(() => chooseProfile({ profile: 'FOGRA39', condition: 'JC200103' }, 'FOGRA39', SHIPPED)).toThrow(
      /--condition JC200103 but received --profile FOGRA39, which is shipped for FOGRA39/,
    );
  });
});

test('a shipped profile is known by its file, an own one by its description', async () => {
  const shipped = await PressColours.open('FOGRA39');
  expect([shipped.profileName, shipped.condition.identifier]).toEqual(['FOGRA39L.icc', 'FOGRA39']);
  const own = await PressColours.open(packagePath('assets', 'icc', 'FOGRA39L.icc'), { condition: 'Ours' });
  expect([own.profileName, own.condition.identifier]).toEqual([own.profile.description, 'Ours']);
});
