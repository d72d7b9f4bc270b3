import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { BLEED_FILLS } from '../artwork/artwork.ts';
import { packagePath } from '../paths.ts';
import { decoded, OWN_HEADERS, readBody, renderingHeaders, send, sendJson } from './answer.ts';
import { AtControl } from './at-control.ts';
import { facePicture } from './face-pictures.ts';
import { RENDERING } from './guard.ts';
import { PAGE_HTML } from './page-html.ts';
import { firstPicture, listPictures, thumbnail } from './pictures.ts';
import { platePicture } from './plate-pictures.ts';
import { pageOrder } from './read-page-order.ts';
import { streamed } from './streamed.ts';
import type { Studio } from './studio.ts';

/** A request on its way to an answer. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What the route's pattern caught, decoded. */
  readonly parts: readonly string[];
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly studio: Studio;
  /** Told of what is a mistake of ours. */
  report(error: unknown): void;
  /** Keeps a response open for news. */
  subscribe(response: ServerResponse): void;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** @returns `null` where there is no such thing */
  answer(asked: Asked): Promise<undefined | null> | undefined | null;
}

const orderBody = z.strictObject({ order: pageOrder });
const fraction = z.number().min(0).max(1);
const place = { image: z.string().max(40), product: z.string().max(100) };
const cropBody = z.strictObject({
  ...place,
  crop: z.strictObject({ x: fraction, y: fraction, zoom: z.number().min(1).max(8) }).nullable(),
});

const bleedFillBody = z.strictObject({ ...place, bleedFill: z.enum(BLEED_FILLS).nullable() });

const releaseBody = z.strictObject({ images: z.array(place.image).min(1).max(1000) });

const contactBody = z.strictObject({
  tiles: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(300),
  format: z.enum(['png', 'pdf']),
});

/** A whole number of a query within bounds; `usual` for everything else. */
function within(text: string | null, usual: number, least: number, most: number): number {
  const value = /^\d{1,7}$/.test(text ?? '') ? Number(text) : usual;
  return Math.min(most, Math.max(least, value));
}

const ID = '(\\d{14}(?:-\\d+)?)';
const KEY = '([0-9a-f]{32})';

const asset = (file: string, type: string): Route['answer'] => {
  return async ({ response }) => {
    send(response, 200, type, await readFile(packagePath('dist', 'studio', file)));
    return undefined;
  };
};

const TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
};

/** Everything that the studio answers. Nothing of an address becomes a path: it names what is kept, or nothing. */
export const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/$/,
    answer: ({ response }) => {
      send(response, 200, 'text/html; charset=utf-8', PAGE_HTML);
      return undefined;
    },
  },
  { method: 'GET', path: /^\/studio\.js$/, answer: asset('main.js', 'text/javascript; charset=utf-8') },
  { method: 'GET', path: /^\/studio\.css$/, answer: asset('style.css', 'text/css; charset=utf-8') },
  {
    method: 'GET',
    path: RENDERING,
    async answer({ request, response, url, studio }) {
      const page = within(url.searchParams.get('page'), 1, 1, 10_000);
      const part = await studio.renderings.find(decoded(url.pathname), page);
      if (!part) return null;
      const [base] = RENDERING.exec(url.pathname)!;
      const headers = renderingHeaders(`http://${request.headers.host}${base}`);
      send(response, 200, part.type, part.body, headers);
      return undefined;
    },
  },
  {
    method: 'GET',
    path: /^\/api\/choices$/,
    async answer({ response, studio }) {
      sendJson(response, await studio.choices());
      return undefined;
    },
  },
  {
    method: 'GET',
    path: /^\/api\/pictures$/,
    answer({ response, url, studio }) {
      const search = (url.searchParams.get('search') ?? '').slice(0, 200);
      const from = within(url.searchParams.get('from'), 0, 0, 1_000_000);
      const count = within(url.searchParams.get('count'), 60, 1, 200);
      sendJson(response, listPictures(studio.catalogue, { search, from, count }));
      return undefined;
    },
  },
  {
    method: 'GET',
    path: /^\/api\/first-picture$/,
    answer({ response, studio }) {
      sendJson(response, { id: firstPicture(studio.catalogue) });
      return undefined;
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/thumbnails/${ID}$`),
    async answer({ response, parts, studio }) {
      const image = studio.catalogue.get(parts[0]!);
      if (!image) return null;
      const small = await thumbnail(studio.catalogue, image, studio.cacheDir);
      // The picture of an ID never changes.
      send(response, 200, 'image/webp', small, {
        ...OWN_HEADERS,
        'Cache-Control': 'private, max-age=86400',
      });
      return undefined;
    },
  },
  {
    method: 'POST',
    path: /^\/api\/view$/,
    answer: (asked) => aboutOrder(asked, (order) => asked.studio.view(order, asked.signal)),
  },
  {
    method: 'POST',
    path: /^\/api\/order$/,
    answer: (asked) => aboutOrder(asked, (order) => asked.studio.written(order, asked.signal)),
  },
  {
    method: 'POST',
    path: /^\/api\/press$/,
    answer: (asked) => stagesOf(asked, (order, onStage) => asked.studio.press(order, asked.signal, onStage)),
  },
  {
    method: 'POST',
    path: /^\/api\/tiles$/,
    answer: (asked) => aboutOrder(asked, (order) => asked.studio.tile(order, asked.signal)),
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/tiles/${KEY}\\.jpg$`),
    answer({ response, parts, studio }) {
      const picture = studio.tilePicture(parts[0]!);
      if (!picture) return null;
      send(response, 200, 'image/jpeg', picture);
      return undefined;
    },
  },
  {
    method: 'POST',
    path: /^\/api\/contact-sheet$/,
    async answer({ request, response, studio }) {
      const { tiles, format } = await readBody(request, contactBody);
      const sheet = await studio.contactSheet(tiles, format);
      send(response, 200, TYPES[`.${format}`]!, sheet);
      return undefined;
    },
  },
  {
    method: 'POST',
    path: /^\/api\/make$/,
    answer: (asked) => stagesOf(asked, (order, onStage) => asked.studio.make(order, asked.signal, onStage)),
  },
  {
    method: 'POST',
    path: /^\/api\/crop$/,
    async answer({ request, response, studio }) {
      const { image, product, crop } = await readBody(request, cropBody);
      studio.keepCrop(image, product, crop);
      sendJson(response, {});
      return undefined;
    },
  },
  {
    method: 'POST',
    path: /^\/api\/bleed-fill$/,
    async answer({ request, response, studio }) {
      const { image, product, bleedFill } = await readBody(request, bleedFillBody);
      studio.keepBleedFill(image, product, bleedFill);
      sendJson(response, {});
      return undefined;
    },
  },
  {
    method: 'POST',
    path: /^\/api\/release$/,
    async answer({ request, response, studio }) {
      const { images } = await readBody(request, releaseBody);
      await studio.release(images);
      sendJson(response, {});
      return undefined;
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/press/${KEY}/(\\d{1,4})\\.png$`),
    answer({ response, parts, studio }) {
      const proof = studio.pressRoom.get(parts[0]!)?.proofs[Number(parts[1]) - 1];
      if (!proof) return null;
      send(response, 200, 'image/png', proof);
      return undefined;
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/press/${KEY}/(\\d{1,4})/([^/]{1,200})\\.png$`),
    async answer({ response, parts, studio }) {
      const pressed = studio.pressRoom.get(parts[0]!);
      const plate = pressed && (await platePicture(pressed, Number(parts[1]), parts[2]!));
      if (!plate) return null;
      send(response, 200, 'image/png', plate);
      return undefined;
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/faces/${KEY}/(\\d{1,4})\\.png$`),
    async answer({ response, parts, studio }) {
      const pressed = studio.pressRoom.get(parts[0]!);
      const face = pressed && (await facePicture(pressed, Number(parts[1])));
      if (!face) return null;
      send(response, 200, 'image/png', face);
      return undefined;
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/api/made/${KEY}/(\\d{1,4})$`),
    async answer({ response, parts, studio }) {
      const path = studio.madeFile(parts[0]!, Number(parts[1]));
      const size = path === null ? null : await stat(path).catch(() => null);
      if (path === null || !size) return null;
      response.writeHead(200, {
        ...OWN_HEADERS,
        'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
        'Content-Length': size.size,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
      });
      await pipeline(createReadStream(path), response);
      return undefined;
    },
  },
  {
    method: 'GET',
    path: /^\/api\/events$/,
    answer({ response, subscribe }) {
      response.writeHead(200, { ...OWN_HEADERS, 'Content-Type': 'text/event-stream' });
      response.write('retry: 2000\n\n');
      subscribe(response);
      return undefined;
    },
  },
];

type PageOrder = z.output<typeof pageOrder>;

/** An answer about an order, or what is wrong with it and where on the page. */
async function aboutOrder(asked: Asked, work: (order: PageOrder) => Promise<unknown>): Promise<undefined> {
  const { order } = await readBody(asked.request, orderBody);
  try {
    sendJson(asked.response, await work(order));
  } catch (error) {
    throw await withControl(asked, order, error);
  }
  return undefined;
}

async function stagesOf(
  asked: Asked,
  work: (order: PageOrder, onStage: (stage: string) => void) => Promise<unknown>,
): Promise<undefined> {
  const { order } = await readBody(asked.request, orderBody);
  await streamed(asked, async (onStage) => {
    try {
      return await work(order, onStage);
    } catch (error) {
      throw await withControl(asked, order, error);
    }
  });
  return undefined;
}

const withControl = async ({ studio }: Asked, order: PageOrder, error: unknown): Promise<AtControl> =>
  new AtControl(error, await studio.controlOf(error, order));
