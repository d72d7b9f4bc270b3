import { messageOf } from '../../errors.ts';
import { type Generation, NO_GENERATION } from '../image.ts';
import { civitaiDate, readA1111 } from './a1111.ts';
import { type C2paClaims, readC2pa } from './c2pa.ts';
import { readComfyUi } from './comfyui.ts';
import type { Container } from './container.ts';
import { readInvokeAi } from './invokeai.ts';
import { readNovelAi } from './novelai.ts';
import { readPainter } from './painter.ts';
import { readRuinedFooocus } from './ruined-fooocus.ts';
import { readSwarmUi } from './swarmui.ts';
import { readTags, type Tags } from './tags.ts';

/** The generators' dialects. The first that knows the file speaks, so the most particular come first. */
const DIALECTS: readonly ((tags: Tags) => Generation | null)[] = [
  readPainter,
  readNovelAi,
  readInvokeAi,
  readSwarmUi,
  readRuinedFooocus,
  readComfyUi,
  readA1111,
];

/** What a file's metadata say. */
export interface Metadata {
  readonly generation: Generation;
  /** Dates of origin as they are written, the most trusted first. */
  readonly dates: readonly string[];
  readonly profile: string | null;
  readonly digitalSourceType: string | null;
  readonly raw: Tags['raw'];
  /** What could not be read. */
  readonly notes: readonly string[];
}

const NO_TAGS: Tags = {
  text: {},
  userComment: null,
  dates: [],
  profile: null,
  digitalSourceType: null,
  raw: {},
};

/** Reads a file's metadata; damaged ones are noted and read as if they were not there. */
export async function readMetadata({ bytes, c2pa }: Pick<Container, 'bytes' | 'c2pa'>): Promise<Metadata> {
  const notes: string[] = [];
  const tags = await readTags(bytes).catch((error: unknown) => {
    notes.push(`Its metadata could not be read: ${messageOf(error)}`);
    return NO_TAGS;
  });
  let claims: C2paClaims | null = null;
  try {
    claims = c2pa && readC2pa(c2pa);
  } catch (error) {
    notes.push(`Its C2PA manifest could not be read: ${messageOf(error)}`);
  }
  const dialect = DIALECTS.map((read) => read(tags)).find((generation) => generation !== null);
  const civitai = civitaiDate(tags);
  return {
    generation: dialect ?? {
      ...NO_GENERATION,
      generator: claims?.generator ?? null,
      generatorVersion: claims?.generatorVersion ?? null,
    },
    dates: civitai ? [civitai, ...tags.dates] : tags.dates,
    profile: tags.profile,
    digitalSourceType: tags.digitalSourceType ?? claims?.digitalSourceType ?? null,
    raw: tags.raw,
    notes,
  };
}
