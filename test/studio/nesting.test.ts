import { afterAll, beforeAll, expect, it } from 'vitest';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, openStudio } from './open.ts';

let studio: OpenStudio;
beforeAll(async () => {
  // Nested before anything is laid out: no browser is asked for.
  studio = await openStudio(null);
});
afterAll(() => studio.close());

/** So many rounds that it is still at it when everything else here is done: they take minutes. */
const ORDER = {
  ...{ product: 'gang-sheet', template: 'gang', images: IMAGES, fields: {}, upscaler: 'lanczos' },
  ...{ printer: 'stickerapp', size: '200x170', outline: ['circle'], longest: [30, 38, 46], each: [5, 4, 3] },
  effort: 100_000,
};

it('answers while stickers are nested, and stops nesting for whoever has gone', async () => {
  const gone = new AbortController();
  const { origin, token } = studio;
  const response = await fetch(`${origin}/api/press`, {
    method: 'POST',
    headers: {
      ...{ Cookie: `printcat-${new URL(origin).port}=${token}`, Origin: origin },
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ order: ORDER }),
    signal: gone.signal,
  });
  const lines = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const said: string[] = [];
  while (!said.join('').includes('nesting')) {
    const { value, done } = await lines.read();
    expect(done, said.join('')).toBe(false);
    said.push(value!);
  }
  // Whatever comes now comes after the nesting.
  const next = lines.read().then(
    () => 'nested',
    () => 'stopped',
  );
  const pictures = studio.get('/api/pictures').then(async (answer) => {
    expect(((await answer.json()) as { total: number }).total).toBeGreaterThan(IMAGES.length);
    return 'answered';
  });
  expect(await Promise.race([next, pictures])).toBe('answered');
  gone.abort();
  expect(await next).toBe('stopped');
  expect(studio.mistakes).toEqual([]);
});
