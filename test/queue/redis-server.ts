import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A port of this machine that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Debian's redis-server on a free port, with all that was written kept on disk. */
export class RedisServer {
  readonly port: number;
  readonly password: string | null;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(port: number, folder: string, password: string | null) {
    this.port = port;
    this.password = password;
    this.#folder = folder;
  }

  static async start(password: string | null = null): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'printcat-redis-'));
    const server = new RedisServer(await freePort(), folder, password);
    await server.up();
    return server;
  }

  get url(): string {
    return `redis://${this.password === null ? '' : `:${this.password}@`}127.0.0.1:${this.port}`;
  }

  /** What Redis itself answers to a command. */
  ask(...command: string[]): string {
    const auth = this.password === null ? [] : ['-a', this.password, '--no-auth-warning'];
    return execFileSync('redis-cli', ['-p', `${this.port}`, ...auth, ...command], {
      encoding: 'utf8',
    }).trim();
  }

  async up(): Promise<void> {
    const kept = ['--dir', this.#folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
    const auth = this.password === null ? [] : ['--requirepass', this.password];
    this.#child = spawn('redis-server', ['--port', `${this.port}`, '--bind', '127.0.0.1', ...kept, ...auth], {
      stdio: 'ignore',
    });
    for (let attempt = 0; attempt < 100; attempt++) {
      await wait(50);
      try {
        if (this.ask('ping') === 'PONG') return;
      } catch {
        // Not yet.
      }
    }
    throw new Error('redis-server did not start');
  }

  async down(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  async remove(): Promise<void> {
    await this.down();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
