import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { PrintcatError } from '../errors.ts';

/** How often somebody says that he is there, and how long his word holds, ms. */
const SIGN_EVERY = 5_000;
const SIGN_HOLDS = 20_000;

const sign = z.object({ version: z.string(), host: z.string(), browser: z.string().nullable() });
/** Somebody who works with a queue: the program's version, the machine's name, and the browser that lays out there. */
export type Sign = z.output<typeof sign>;

/** Runs send orders, workers make them. */
type Kind = 'run' | 'worker';

const keyOf = (kind: Kind, id: string): string => `printcat:here:${kind}:${id}`;

/**
 * Says that somebody is there until it is ended; the word of one who died is forgotten.
 * @returns ends it
 */
export async function announce(
  client: Redis,
  kind: Kind,
  who: Omit<Sign, 'host'>,
): Promise<() => Promise<void>> {
  const key = keyOf(kind, randomUUID());
  const say = () => client.set(key, JSON.stringify({ ...who, host: hostname() }), 'PX', SIGN_HOLDS);
  await say();
  const timer = setInterval(() => void say().catch(() => undefined), SIGN_EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    if (client.status === 'ready') await client.del(key).catch(() => undefined);
  };
}

/** Who is there of a kind. */
export async function whoIsThere(client: Redis, kind: Kind): Promise<Sign[]> {
  const keys: string[] = [];
  for (let cursor = '0'; ; ) {
    const [next, found] = await client.scan(cursor, 'MATCH', keyOf(kind, '*'), 'COUNT', 1000);
    keys.push(...found);
    cursor = next;
    if (cursor === '0') break;
  }
  const values = keys.length > 0 ? await client.mget(keys) : [];
  return values.flatMap((value) => {
    // A word that ran out meanwhile is none.
    const read = value === null ? null : sign.safeParse(JSON.parse(value));
    return read?.success ? [read.data] : [];
  });
}

/**
 * @param there those with whom one is to work
 * @throws PrintcatError where some are there, but none of this version
 */
export function requireVersion(version: string, there: readonly Sign[], what: 'workers' | 'orders'): void {
  if (there.length === 0 || there.some((one) => one.version === version)) return;
  throw new PrintcatError(
    `Expected ${what} of printcat ${version}, as this is, but received ${what} of ${inWords(there)}`,
    { hint: 'Install the same version on all machines.' },
  );
}

/** `printcat 0.2.0 on press-3`, and so on. */
const inWords = (signs: readonly Sign[]): string =>
  [...new Set(signs.map(({ version, host }) => `printcat ${version} on ${host}`))].sort().join(', ');
