import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type Visit, visitStudio } from './open.ts';
import { violations } from './visitor.ts';

/** The picture of the order: nobody has looked at it. */
let waiting: string;
let visit: Visit;

beforeAll(async () => {
  waiting = IMAGES[0]!;
  const order = { product: 'slip-on-cover', template: 'wrapper', images: [waiting], thickness: 12 };
  visit = await visitStudio({ ...order, upscaler: 'lanczos', ppi: 150, fields: {} }, async (workspace) => {
    const catalogue = openCatalogue(workspace);
    catalogue.decide([waiting, catalogue.ids().at(-1)!], 'unreviewed', { who: 'test' });
    catalogue.close();
  });
  await visit.page.waitForSelector('.frames iframe.there', { timeout: 60_000 });
});
afterAll(() => visit?.close());

/** A button by what it says. */
const button = async (name: string) => {
  const found = await visit.page.waitForSelector(`::-p-xpath(//button[text()='${name}'])`, {
    timeout: 20_000,
  });
  return (await found!.toElement('button'))!;
};
const isDisabled = async (name: string) => (await button(name)).evaluate(({ disabled }) => disabled);

describe('a picture that nobody has released', () => {
  it('is not what the studio starts with', async () => {
    const { id } = (await (await visit.studio.get('/api/first-picture')).json()) as { id: string };
    const catalogue = openCatalogue(visit.studio.workspace);
    const released = catalogue.list({ decisions: ['released'] }).map(({ id }) => id);
    const everyone = catalogue.ids();
    catalogue.close();
    expect(released).not.toContain(everyone.at(-1));
    expect(id).toBe(released.at(-1));
  });

  it('is seen, and named, but not made', async () => {
    expect(await isDisabled('Make')).toBe(true);
    expect(await visit.page.$eval('.unreleased', ({ textContent }) => textContent)).toContain(waiting);
    expect(await violations(visit.page)).toEqual([]);
  });

  it('is released by a word, in the name of who works here', async () => {
    await (await button('Release')).click();
    await visit.page.waitForFunction(() => !document.querySelector('.unreleased'), { timeout: 20_000 });
    expect(await isDisabled('Make')).toBe(false);
    const catalogue = openCatalogue(visit.studio.workspace);
    const last = catalogue.history(waiting).at(-1);
    catalogue.close();
    expect(last).toMatchObject({ decision: 'released', who: 'test' });
  });
});

describe('labels of folds', () => {
  it('stand apart, however narrow the spine', async () => {
    const boxes = await visit.page.$$eval('.guide.fold .label rect', (all) =>
      all
        .map((rect) => rect.getBoundingClientRect())
        .map(({ x, y, width, height }) => ({ x, y, width, height })),
    );
    expect(boxes.length).toBeGreaterThan(3);
    const over = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
        ),
    );
    expect(over).toEqual([]);
  });
});
