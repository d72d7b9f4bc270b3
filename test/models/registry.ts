import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import type { ModelPackage } from '../../src/models/catalogue.ts';

/** An npm registry on this machine that has one package. */
export interface TestRegistry {
  readonly url: string;
  readonly from: ModelPackage;
  /** Turned on, the tarball comes slowly and never ends. */
  stall: boolean;
  close(): Promise<void>;
}

/** Starts a registry with a package `weights@1.0.0` of these files. */
export async function startRegistry(files: Record<string, Buffer>): Promise<TestRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'printcat-registry-'));
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  await create({ cwd: folder, gzip: true, file: join(folder, 'package.tgz') }, Object.keys(files));
  const tarball = await readFile(join(folder, 'package.tgz'));
  await rm(folder, { recursive: true });
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const registry = { stall: false };
  const server = createServer((request, response) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (request.url === '/weights') {
      const dist = { tarball: `${url}/weights.tgz`, integrity };
      const version = { name: 'weights', version: '1.0.0', dist };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ name: 'weights', 'dist-tags': { latest: '1.0.0' }, versions: { '1.0.0': version } }),
      );
    } else if (request.url === '/weights.tgz') {
      response.setHeader('content-length', tarball.length);
      if (registry.stall) response.write(tarball.subarray(0, 1000));
      else response.end(tarball);
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(registry, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    from: { spec: 'weights@1.0.0', integrity, bytes: tarball.length },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}
