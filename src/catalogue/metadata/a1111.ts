import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { count, parseFields, parseJson } from './fields.ts';
import type { Tags } from './tags.ts';

/**
 * `Key: value, Key: "quoted, value", …`: the settings line of AUTOMATIC1111's web UI and all that write like
 * it (its modules/infotext_utils.py, re_param_code).
 */
const SETTING = /\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)/g;
/** The settings line is the last one that begins so; a prompt is of any number of lines. */
const SETTINGS_LINE = /^Steps: \d+/;
const NEGATIVE = 'Negative prompt:';

/** What the `Version` setting says of the program that wrote it. */
const PROGRAMS: readonly (readonly [version: RegExp, name: string])[] = [
  [/^neo\b/, 'Stable Diffusion WebUI Forge Neo'],
  [/^f\d/, 'Stable Diffusion WebUI Forge'],
  [/^v\d/, 'Stable Diffusion web UI'],
];

const resources = z.array(
  z.object({
    type: z.string().optional(),
    modelName: z.string().optional(),
    modelVersionName: z.string().optional(),
  }),
);

/**
 * Reads the `parameters` text of the Stable Diffusion web UI, Forge, Forge Neo and Civitai: prompt, negative
 * prompt, then one line of settings; in PNG a text chunk, in JPEG and WebP EXIF's UserComment.
 */
export function readA1111({ text, userComment }: Tags): Generation | null {
  const parameters = text.parameters ?? userComment;
  if (!parameters || parseJson(parameters) !== undefined) return null;
  const lines = parameters.split('\n');
  const settingsAt = lines.findLastIndex((line) => SETTINGS_LINE.test(line));
  // A comment of a camera or an editor is no prompt; a chunk called `parameters` is, with settings or without.
  if (settingsAt < 0 && text.parameters === undefined) return null;
  const prompts = settingsAt < 0 ? lines : lines.slice(0, settingsAt);
  const settings = readSettings(settingsAt < 0 ? '' : lines.slice(settingsAt).join('\n'));
  const negativeAt = prompts.findIndex((line) => line.startsWith(NEGATIVE));
  const positive = negativeAt < 0 ? prompts : prompts.slice(0, negativeAt);
  const negative = negativeAt < 0 ? null : prompts.slice(negativeAt).join('\n').slice(NEGATIVE.length).trim();
  const [width, height] = settings.get('Size')?.split('x') ?? [];
  const version = settings.get('Version') ?? null;
  const civitai = settings.has('Civitai resources');
  return {
    ...NO_GENERATION,
    generator: civitai ? 'Civitai' : (PROGRAMS.find(([test]) => version && test.test(version))?.[1] ?? null),
    generatorVersion: version,
    prompt: positive.join('\n').trim() || null,
    negativePrompt: negative,
    seed: /^-?\d+$/.exec(settings.get('Seed') ?? '')?.[0] ?? null,
    model: settings.get('Model') ?? civitaiModel(parameters),
    sampler: settings.get('Sampler') ?? null,
    steps: whole(settings.get('Steps')),
    cfgScale: numeric(settings.get('CFG scale')),
    widthPx: whole(width),
    heightPx: whole(height),
  };
}

/** The date that Civitai writes among the settings. */
export const civitaiDate = ({ userComment }: Tags): string | undefined =>
  userComment ? readSettings(userComment.split('\n').at(-1)!).get('Created Date') : undefined;

function readSettings(line: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [, key, value] of line.matchAll(SETTING)) {
    if (!settings.has(key!)) settings.set(key!, unquoted(value!.trim()));
  }
  return settings;
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/** Civitai names the model in a JSON list of resources: name and version of the checkpoint. */
function civitaiModel(parameters: string): string | null {
  const json = /Civitai resources: (\[.*?\])(?=, Civitai metadata:|\s*$)/s.exec(parameters)?.[1];
  const checkpoint = parseFields(json, resources)?.find(({ type }) => type === 'checkpoint');
  return [checkpoint?.modelName, checkpoint?.modelVersionName].filter(Boolean).join(' ') || null;
}

const numeric = (value: string | undefined): number | null =>
  value && Number.isFinite(Number(value)) ? Number(value) : null;

const whole = (value: string | undefined): number | null => count.parse(numeric(value));
