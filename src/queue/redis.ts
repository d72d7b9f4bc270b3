import { Redis } from 'ioredis';
import { ExitCode, messageOf, PrintcatError } from '../errors.ts';

/** How long Redis may be away in the middle of a run: as long as a restart takes that loads much from disk, ms. */
const PATIENCE = 60_000;
/** Between two attempts to reach it again, ms. */
const RETRY_EVERY = 500;
const CONNECT_TIMEOUT = 5_000;
/** After how long without an answer a connection is taken for dead, ms; what waits for orders waits for ten seconds. */
const SILENCE = 30_000;

/** A connection to Redis that stands a restart. */
export interface RedisLink {
  readonly client: Redis;
  /** Its address, without user and password. */
  readonly place: string;
  /** Aborted, with the error as its reason, when Redis has been away for too long. */
  readonly lost: AbortSignal;
  /** Tries no longer to reach it where it is away; what waits for it fails. */
  giveUp(): void;
  close(): Promise<void>;
}

/** The address without user and password, for people. */
function placeOf(url: string): string {
  const usage = new PrintcatError('Expected an address such as redis://127.0.0.1:6379 for --queue', {
    hint: 'redis://user:password@host:port/0, or rediss:// for TLS.',
  });
  if (!URL.canParse(url)) throw usage;
  const { protocol, host, pathname } = new URL(url);
  if (!['redis:', 'rediss:'].includes(protocol) || host === '') throw usage;
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/**
 * Connects to Redis.
 * @param url `redis://user:password@host:port/number`, or `rediss://…`
 * @param patience how long it may be away before the link is lost, ms
 * @throws PrintcatError (exit code 3) where nobody answers, (2) where the address or the password is wrong
 */
export async function connectRedis(url: string, patience = PATIENCE): Promise<RedisLink> {
  const place = placeOf(url);
  const state = { isConnected: false, isGivenUp: false };
  let reason: unknown;
  const client = new Redis(url, {
    ...{ lazyConnect: true, connectTimeout: CONNECT_TIMEOUT, socketTimeout: SILENCE },
    // Commands wait for it to come back; BullMQ asks for it as well.
    maxRetriesPerRequest: null,
    retryStrategy: () => (state.isConnected && !state.isGivenUp ? RETRY_EVERY : null),
  });
  const noteReason = (error: unknown) => {
    reason ??= error;
  };
  client.on('error', noteReason);
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    hangUp(client);
    throw unreachable(place, reason ?? error);
  }
  client.off('error', noteReason);
  // What it says of a connection that is gone, its being gone says.
  client.on('error', () => undefined);
  state.isConnected = true;
  const lost = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  client.on('close', () => {
    if (state.isGivenUp) return;
    timer ??= setTimeout(() => {
      state.isGivenUp = true;
      const seconds = Math.round(patience / 1000);
      lost.abort(
        new PrintcatError(`Redis at ${place} has been away for ${seconds} s`, {
          hint: 'Start it again; the same line goes on from there.',
          exitCode: ExitCode.missingTool,
        }),
      );
    }, patience);
  });
  client.on('ready', () => {
    clearTimeout(timer);
    timer = undefined;
  });
  return {
    ...{ client, place, lost: lost.signal },
    giveUp() {
      state.isGivenUp = true;
    },
    async close() {
      state.isGivenUp = true;
      clearTimeout(timer);
      if (client.status === 'ready') await client.quit().catch(() => undefined);
      hangUp(client);
    },
  };
}

/** Waits for the end of something, but not for one that never comes: BullMQ waits for connections that are gone. */
export async function endOf(ending: Promise<unknown>, atMost: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, atMost);
  });
  await Promise.race([ending.catch(() => undefined), enough]);
  clearTimeout(timer);
}

/** Ends a connection that may have ended by itself; ioredis would wait two seconds for one that has. */
export function hangUp(client: Redis): void {
  if (client.status !== 'end') client.disconnect();
}

function unreachable(place: string, error: unknown): PrintcatError {
  const message = messageOf(error);
  if (/^(WRONGPASS|NOAUTH|NOPERM|ERR (invalid|AUTH))/i.test(message)) {
    return new PrintcatError(`Redis at ${place} refuses the user or the password`, {
      hint: 'Write them into the address: redis://user:password@host:port.',
    });
  }
  return new PrintcatError(`Expected Redis at ${place} but nobody answers there (${message})`, {
    hint: 'On Debian `apt install redis-server` starts one at redis://127.0.0.1:6379.',
    exitCode: ExitCode.missingTool,
  });
}
