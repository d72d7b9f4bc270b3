import { describe, expect, test } from 'vitest';
import { PrintcatError } from '../../src/errors.ts';
import { isEan13 } from '../../src/layout/ean13.ts';
import { checkFields, fieldsOf, findTemplate, listTemplates } from '../../src/layout/template.ts';

const templates = (await listTemplates()).filter(({ products }) => products.includes('book-cover'));

/** The error of a mistake that the user can mend. */
function refusal(run: () => unknown): { message: string; exitCode: number; hint: string | undefined } {
  try {
    run();
  } catch (error) {
    if (error instanceof PrintcatError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

test('both templates of book covers are there', () => {
  expect(templates.map(({ name, language, binding }) => [name, language, binding])).toEqual([
    ['bungei', 'ja', 'right'],
    ['quarter', 'en', 'left'],
  ]);
});

test('an unknown template names those that there are', async () => {
  await expect(findTemplate('gothic')).rejects.toThrow(
    /^Expected one of .*bungei, .*quarter.* for --template but received gothic$/,
  );
});

describe.each(templates)('$name', (template) => {
  const title = 'x';

  test('takes the fields of a book, of which only the title must be', () => {
    const fields = fieldsOf(template);
    expect(fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['title', 'subtitle', 'author', 'blurb', 'publisher', 'isbn', 'price']),
    );
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['title']);
    expect(fields.every(({ name, description }) => description !== name)).toBe(true);
  });

  test('fields that were not given are empty', () => {
    const values = checkFields(template, { title, author: '' });
    expect(Object.keys(values)).toEqual(fieldsOf(template).map(({ name }) => name));
    expect(Object.values(values).filter(Boolean)).toEqual([title]);
  });

  test('refuses an unknown field and names the known', () => {
    const { message, exitCode } = refusal(() => checkFields(template, { title, colour: 'red' }));
    expect(message).toMatch(/^Expected one of title, subtitle, .* for a field of \w+ but received colour$/);
    expect(exitCode).toBe(2);
  });

  test.each([{}, { title: '' }, { title: '  ' }])('refuses %o for want of a title', (given) => {
    const { message, hint } = refusal(() => checkFields(template, given));
    expect(message).toBe(`Expected a title for template ${template.name} but received none`);
    expect(hint).toContain('--set title=');
  });

  test('refuses a title of 400 characters with both numbers', () => {
    const limit = fieldsOf(template)[0]!.maxLength!;
    const { message } = refusal(() => checkFields(template, { title: 'x'.repeat(400) }));
    expect(message).toBe(`Expected at most ${limit} characters for title but received 400 characters`);
    expect(checkFields(template, { title: 'x'.repeat(limit) }).title).toHaveLength(limit);
  });

  test.each(['978-3-16-148410-1', '978316148410', '4006381333931', 'none'])('refuses the ISBN %s', (isbn) => {
    expect(refusal(() => checkFields(template, { title, isbn })).message).toBe(
      `Expected a 13-digit ISBN with a right check digit for isbn but received ${isbn}`,
    );
  });

  test('takes a right ISBN with hyphens', () => {
    expect(checkFields(template, { title, isbn: '978-3-16-148410-0' }).isbn).toBe('978-3-16-148410-0');
  });
});

test.each([
  ['price', '680円', /^Expected "Price in yen .*680" for price but received 680円$/],
  ['price', '123456', /for price but received 123456$/],
  ['cCode', '93', /^Expected "C-code, four digits.*" for cCode but received 93$/],
])('bungei refuses %s=%s in its own words', async (name, value, message) => {
  const bungei = await findTemplate('bungei');
  expect(refusal(() => checkFields(bungei, { title: '猫', [name]: value })).message).toMatch(message);
});

test('isEan13 finds every single wrong digit', () => {
  const right = '9783161484100';
  expect(isEan13(right)).toBe(true);
  for (let i = 0; i < 13; i++) {
    const wrong = right.slice(0, i) + ((Number(right[i]) + 1) % 10) + right.slice(i + 1);
    expect(isEan13(wrong), wrong).toBe(false);
  }
});
