import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../src/paths.ts';
import { IMAGES } from '../make/fixtures.ts';
import { type OpenStudio, openStudio } from './open.ts';

let studio: OpenStudio;
beforeAll(async () => {
  studio = await openStudio(null);
});
afterAll(() => studio.close());

interface Raw {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request with the very path and headers that are given: `fetch` would tidy both. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Raw> {
  const { hostname, port } = new URL(studio.origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          ...{ status: response.statusCode!, headers: response.headers },
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

const cookie = () => ({ Cookie: `printcat-${new URL(studio.origin).port}=${studio.token}` });
const json = () => ({ ...cookie(), 'Content-Type': 'application/json', Origin: studio.origin });
const EVERYTHING = [
  '/',
  '/studio.js',
  '/api/choices',
  '/api/pictures',
  '/api/first-picture',
  '/api/events',
  `/api/thumbnails/${IMAGES[0]}`,
];

describe('whoever does not know the token', () => {
  it.each(EVERYTHING)('gets nothing at %s', async (path) => {
    for (const headers of [{}, { Cookie: `printcat-${new URL(studio.origin).port}=${'x'.repeat(32)}` }]) {
      const { status, body } = await raw(path, headers);
      expect(status).toBe(401);
      expect(body).toMatch(/^Open the address/);
    }
    expect((await raw(`/?token=${studio.token.slice(1)}x`)).status).toBe(401);
  });

  it('does not get in by a token in the address of anything but the first page', async () => {
    expect((await raw(`/api/choices?token=${studio.token}`)).status).toBe(401);
  });

  it('gets a cookie that scripts and other sites do not see, and an address without the token', async () => {
    const { status, headers } = await raw(`/?token=${studio.token}`);
    expect([status, headers.location]).toEqual([303, '/']);
    expect(headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  });
});

describe('another name or site', () => {
  it.each(['evil.example', '127.0.0.1:1', 'localhost.evil.example', 'evil.example:4000'])(
    'is refused as Host: %s',
    async (host) => {
      const { port } = new URL(studio.origin);
      const foreign = host.replace(':4000', `:${port}`);
      for (const path of [...EVERYTHING, `/render/${'a'.repeat(32)}/`, `/?token=${studio.token}`]) {
        expect((await raw(path, { ...cookie(), Host: foreign })).status).toBe(421);
      }
    },
  );

  it('may call it localhost', async () => {
    const { port } = new URL(studio.origin);
    expect((await raw('/api/choices', { ...cookie(), Host: `localhost:${port}` })).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1', 'http://localhost:1'])(
    'is refused as Origin: %s',
    async (origin) => {
      for (const path of EVERYTHING) {
        expect((await raw(path, { ...cookie(), Origin: origin })).status).toBe(403);
      }
      const order = JSON.stringify({ image: IMAGES[0], product: 'book-cover', crop: null });
      expect((await raw('/api/crop', { ...json(), Origin: origin }, 'POST', order)).status).toBe(403);
    },
  );

  it('gets no rendering either; only the frame, which has no origin, and the studio do', async () => {
    const path = `/render/${'a'.repeat(32)}/`;
    for (const origin of ['https://evil.example', 'http://127.0.0.1', 'http://localhost:1']) {
      expect((await raw(path, { Origin: origin })).status).toBe(403);
    }
    for (const headers of [{}, { Origin: 'null' }, { Origin: studio.origin }]) {
      expect((await raw(path, headers as Record<string, string>)).status).toBe(404);
    }
  });

  it('changes nothing by a form or a link', async () => {
    const body = JSON.stringify({ image: IMAGES[0], product: 'book-cover', crop: null });
    const { Origin: _, ...withoutOrigin } = json();
    expect((await raw('/api/crop', withoutOrigin, 'POST', body)).status).toBe(403);
    const asForm = { ...json(), 'Content-Type': 'text/plain' };
    expect((await raw('/api/crop', asForm, 'POST', body)).status).toBe(422);
    expect((await raw('/api/choices', { ...cookie(), 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await raw('/api/crop', json(), 'POST', body)).status).toBe(200);
  });
});

describe('a path', () => {
  const UP = ['../', '..%2f', '%2e%2e/', '..\\', '....//', '%00', '%ff'];
  const PLACES = [
    '/X',
    '/api/thumbnails/X',
    '/api/press/X/1.png',
    `/api/press/${'a'.repeat(32)}/X.png`,
    `/api/press/${'a'.repeat(32)}/1/X.png`,
    '/api/made/X/0',
    `/api/made/${'a'.repeat(32)}/X`,
    '/api/tiles/X.jpg',
    '/api/faces/X/1.png',
    `/api/faces/${'a'.repeat(32)}/X.png`,
    `/render/${'a'.repeat(32)}/X`,
    `/render/${'a'.repeat(32)}/template/X`,
    `/render/${'a'.repeat(32)}/fonts/@fontsource/jost/X`,
    `/render/${'a'.repeat(32)}/art/X`,
  ];
  it.each(PLACES)('leads nowhere else: %s', async (place) => {
    for (const up of UP) {
      for (const target of ['package.json', 'etc/passwd', 'printcat.json', '.printcat/catalogue.db']) {
        const { status, body } = await raw(place.replace('X', up.repeat(8) + target), cookie());
        expect([404, 400]).toContain(status);
        expect(body).not.toMatch(/root:|"version"|SQLite/);
      }
    }
  });

  it('in an order is refused', async () => {
    const order = { product: 'book-cover', images: [IMAGES[0]], fields: { title: 'x' }, pages: 200 };
    // Whether there is something at the path or not.
    const wrong = [
      [{ template: '../../etc' }, /^Expected the name of a template/],
      [{ template: packagePath('templates', 'quarter') }, /^Expected the name of a template/],
      [{ profile: '../press.icc' }, /^Expected the name of a press profile/],
      [{ profile: 'press.icc' }, /^Expected the name of a press profile/],
      [{ profile: packagePath('package.json') }, /^Expected the name of a press profile/],
      [{ product: '../../package' }, /^Expected one of /],
      [{ images: ['../../20220912034858'] }, /^Expected /],
    ] as const;
    for (const [change, message] of wrong) {
      const response = await studio.post('/api/view', { order: { ...order, ...change } });
      expect(response.status).toBe(422);
      const { error } = (await response.json()) as { error: { message: string } };
      expect(error.message).toMatch(message);
      expect(error.message).not.toContain('mistake');
    }
    expect(studio.mistakes).toEqual([]);
  });
});

describe('what a request names', () => {
  const UP = '../../.printcat/catalogue.db';

  it('is looked for in the catalogue alone, or taken for what is usual', async () => {
    const found = await studio.get(`/api/pictures?search=${encodeURIComponent(UP)}`);
    expect(await found.json()).toEqual({ total: 0, pictures: [] });
    const from = await studio.get(`/api/pictures?from=${encodeURIComponent(UP)}&count=-1`);
    const all = await studio.get('/api/pictures');
    expect(await from.json()).toEqual(await all.json());
  });

  it.each([
    ['/api/crop', { image: UP, product: 'book-cover', crop: null }],
    ['/api/crop', { image: IMAGES[0], product: UP, crop: null }],
    ['/api/bleed-fill', { image: UP, product: 'book-cover', bleedFill: 'mirror' }],
    ['/api/bleed-fill', { image: IMAGES[0], product: UP, bleedFill: 'mirror' }],
    ['/api/bleed-fill', { image: IMAGES[0], product: 'book-cover', bleedFill: UP }],
    ['/api/release', { images: [IMAGES[0], UP] }],
    ['/api/contact-sheet', { tiles: [UP], format: 'png' }],
    ['/api/contact-sheet', { tiles: ['a'.repeat(32)], format: UP }],
    ['/api/tiles', { order: { product: 'postcard', images: [UP], fields: {} } }],
    ['/api/press', { order: { product: 'postcard', images: [IMAGES[0]], template: UP, fields: {} } }],
    ['/api/make', { order: { product: UP, images: [IMAGES[0]], fields: {} } }],
    ['/api/order', { order: { product: 'postcard', images: [IMAGES[0]], profile: UP, fields: {} } }],
  ])('is no path: %s %j', async (path, body) => {
    const response = await studio.post(path, body);
    const text = await response.text();
    // Long answers begin before it is known how they end.
    expect([200, 422]).toContain(response.status);
    expect(JSON.parse(text.trim().split('\n').at(-1)!)).toHaveProperty('error.message');
    expect(text).not.toMatch(/mistake|SQLite/);
    expect(studio.mistakes).toEqual([]);
  });
});

describe('a body', () => {
  it('is bounded and of the shape that is asked for', async () => {
    const long = JSON.stringify({ order: { product: 'x'.repeat(1_100_000) } });
    const wrong = [
      ['not json', /^Expected JSON/],
      ['[]', /^the request: .*expected object/i],
      ['{}', /^order: .*expected object/i],
      ['{"order":{"product":1,"images":[]}}', /^order\.product: .*expected string/i],
      ['{"order":{"product":"book-cover","images":[]}}', /^order\.images: Choose a picture/],
      [
        '{"order":{"product":"book-cover","images":["20220912034858"],"fields":{"title":{}}}}',
        /^order\.fields\.title: .*expected string/i,
      ],
      ['{"order":{"product":"book-cover","images":["20220912034858"]},"more":1}', /^the request: .*more/],
      [long, /^Expected at most 1000000 bytes/],
    ] as const;
    for (const [body, message] of wrong) {
      const { status, body: answer } = await raw('/api/view', json(), 'POST', body);
      expect(status).toBe(422);
      expect(JSON.parse(answer).error.message).toMatch(message);
    }
    const crop = { image: IMAGES[0], product: 'book-cover' };
    for (const value of [
      { x: 2, y: 0, zoom: 1 },
      { x: 0, y: 0, zoom: 99 },
      { x: 0, y: 0 },
    ]) {
      const response = await studio.post('/api/crop', { ...crop, crop: value });
      expect(response.status).toBe(422);
      expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(/^crop\./);
    }
    expect(studio.mistakes).toEqual([]);
  });
});

it('lets its page run its own script alone, and nobody frame it', async () => {
  const { headers } = await raw('/', cookie());
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe');
  expect(headers).toMatchObject({
    ...{ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' },
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
});
