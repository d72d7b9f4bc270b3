import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileFacts, Generation } from '../../src/catalogue/image.ts';
import { NO_GENERATION } from '../../src/catalogue/image.ts';
import { importOne, noSamples, SAMPLES, temporaryWorkspace } from './helpers.ts';

/** The line that most of these generators were given, in the two halves that all of them keep. */
const MASTERPIECE = 'general, masterpiece, best quality, amazing quality, \n1girl, solo, hatsune miku,';
const BAD = 'bad quality, worst quality, worst detail, sketch, censor,';

/** What stands in each file, read by eye from its raw chunks. */
const EXPECTED: Record<string, { generation: Partial<Generation>; file?: Partial<FileFacts> }> = {
  'civitai.jpeg': {
    generation: {
      generator: 'Civitai',
      prompt: `${MASTERPIECE} #テスト`,
      negativePrompt: BAD,
      seed: '1311178179',
      model: 'WAI-illustrious-SDXL v16.0',
      sampler: 'Euler a',
      steps: 25,
      cfgScale: 5,
      widthPx: 1024,
      heightPx: 1024,
    },
    file: { format: 'jpeg', mime: 'image/jpeg' },
  },
  'comfyui.png': {
    generation: {
      generator: 'ComfyUI',
      prompt: `${MASTERPIECE} テスト, `,
      negativePrompt: `${BAD} \n`,
      seed: '422847914351919',
      model: 'waiIllustriousSDXL_v160.safetensors',
      sampler: 'euler_ancestral',
      steps: 20,
      cfgScale: 5,
      widthPx: 1024,
      heightPx: 1024,
    },
  },
  'empty.png': { generation: {}, file: { widthPx: 832, heightPx: 1216 } },
  'forge-neo.webp': {
    generation: {
      generator: 'Stable Diffusion WebUI Forge Neo',
      generatorVersion: 'neo',
      prompt: MASTERPIECE,
      negativePrompt: BAD,
      seed: '2056443400',
      model: 'waiIllustriousSDXL_v160',
      sampler: 'Euler a',
      steps: 24,
      cfgScale: 6,
      widthPx: 1024,
      heightPx: 1024,
    },
    file: { format: 'webp', mime: 'image/webp' },
  },
  'forge.png': {
    generation: {
      generator: 'Stable Diffusion WebUI Forge',
      generatorVersion: 'f2.0.1v1.10.1-previous-669-gdfdcbab6',
      prompt: `${MASTERPIECE} テスト`,
      negativePrompt: BAD,
      seed: '747066619',
      model: 'waiIllustriousSDXL_v160',
      sampler: 'Euler',
      steps: 25,
      cfgScale: 5,
      widthPx: 1024,
      heightPx: 1024,
    },
    file: { hasAlpha: true },
  },
  'gemini_3.1pro.png': {
    generation: {
      generator: 'Google C2PA Core Generator Library',
      generatorVersion: '925066386:925066386',
    },
    file: {
      widthPx: 1408,
      heightPx: 768,
      hasAlpha: true,
      c2pa: true,
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    },
  },
  'invokeai-en.png': {
    generation: {
      generator: 'InvokeAI',
      generatorVersion: '6.10.0',
      prompt: `${MASTERPIECE} \n`,
      negativePrompt: `${BAD} \n`,
      seed: '1860920704',
      model: 'waiIllustriousSDXL_v160',
      sampler: 'euler_a',
      steps: 24,
      cfgScale: 6,
      widthPx: 1024,
      heightPx: 1024,
    },
  },
  'novelai-full.png': {
    generation: {
      generator: 'NovelAI',
      prompt: '1girl, solo, hatsune miku, #テスト, very aesthetic, masterpiece, no text',
      negativePrompt:
        'nsfw, lowres, artistic error, film grain, scan artifacts, worst quality, bad quality, jpeg artifacts, ' +
        'very displeasing, chromatic aberration, dithering, halftone, screentone, multiple views, logo, ' +
        'too many watermarks, negative space, blank page',
      seed: '2043807047',
      model: 'NovelAI Diffusion V4.5 4BDE2A90',
      sampler: 'k_euler_ancestral',
      steps: 28,
      cfgScale: 5,
      widthPx: 832,
      heightPx: 1216,
    },
    file: { widthPx: 832, heightPx: 1216, hasAlpha: true },
  },
  'ruined-fooocus.png': {
    generation: {
      generator: 'Ruined Fooocus',
      prompt: `${MASTERPIECE} #テスト`,
      negativePrompt: `${BAD} `,
      seed: '2020047614',
      model: 'waiNSFWIllustrious_v150.safetensors',
      sampler: 'dpmpp_2m_sde_gpu',
      steps: 30,
      cfgScale: 8,
      widthPx: 1024,
      heightPx: 1024,
    },
  },
  'sd-webui.png': {
    generation: {
      generator: 'Stable Diffusion web UI',
      generatorVersion: 'v1.10.1',
      prompt: `${MASTERPIECE} テスト`,
      negativePrompt: BAD,
      seed: '3782896554',
      model: 'waiIllustriousSDXL_v160',
      sampler: 'DPM++ 2M',
      steps: 20,
      cfgScale: 7,
      widthPx: 1024,
      heightPx: 1024,
    },
  },
  'swarmui.png': {
    generation: {
      generator: 'SwarmUI',
      generatorVersion: '0.9.7.4',
      prompt: `${MASTERPIECE} #テスト`,
      negativePrompt: `${BAD} `,
      seed: '2083100758',
      model: 'waiIllustriousSDXL_v160',
      sampler: 'euler_ancestral',
      steps: 20,
      cfgScale: 7,
      widthPx: 1024,
      heightPx: 1024,
    },
  },
};

/** Most of the samples, where a file's entry does not say otherwise. */
const USUAL: FileFacts = {
  format: 'png',
  mime: 'image/png',
  widthPx: 1024,
  heightPx: 1024,
  bitDepth: 8,
  colourSpace: 'untagged',
  profile: null,
  hasAlpha: false,
  orientation: 1,
  c2pa: false,
  digitalSourceType: null,
};

describe.skipIf(noSamples)("generators' files", () => {
  test.each(Object.entries(EXPECTED))('%s', async (name, { generation, file }) => {
    const { catalogue } = await temporaryWorkspace();
    const path = join(SAMPLES, 'generators', name);
    const image = await importOne(catalogue, path);
    expect(image.generation).toEqual({ ...NO_GENERATION, ...generation });
    expect(image.file).toEqual({ ...USUAL, ...file });
    expect(image.notes).toEqual([]);
    expect(image.fileName).toBe(basename(path));
    // The original is kept to the byte, and with it all that was not read.
    expect((await readFile(catalogue.originalPath(image))).equals(await readFile(path))).toBe(true);
  });

  test('all that the file says is kept', async () => {
    const { catalogue } = await temporaryWorkspace();
    const { id } = await importOne(catalogue, join(SAMPLES, 'generators', 'comfyui.png'));
    const raw = catalogue.rawMetadata(id) as { pngText: { workflow: string } };
    expect(JSON.parse(raw.pngText.workflow).nodes).toHaveLength(8);
  });

  test('the date of a Civitai image is its ID', async () => {
    const { catalogue } = await temporaryWorkspace();
    const image = await importOne(catalogue, join(SAMPLES, 'generators', 'civitai.jpeg'));
    expect(image).toMatchObject({ id: '20260104012721', idOrigin: 'metadata' });
  });
});
