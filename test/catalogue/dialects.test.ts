import { describe, expect, test } from 'vitest';
import { NO_GENERATION } from '../../src/catalogue/image.ts';
import { decodeCbor } from '../../src/catalogue/metadata/cbor.ts';
import { readContainer } from '../../src/catalogue/metadata/container.ts';
import { parseJson } from '../../src/catalogue/metadata/fields.ts';
import { readMetadata } from '../../src/catalogue/metadata/read.ts';
import { file, plainPicture, pngChunk, pngWithText, temporaryFolder, withChunks } from './helpers.ts';

const generationOf = async (texts: Record<string, string>) =>
  (await readMetadata({ bytes: await pngWithText(texts), c2pa: null })).generation;

describe("printcat's painter", () => {
  test('is read from Comment', async () => {
    const Comment = JSON.stringify({
      generator: 'printcat-painter',
      painter: 'ink',
      seed: 7,
      title: 'Cat at the Window',
    });
    expect(await generationOf({ Comment })).toEqual({
      ...NO_GENERATION,
      generator: 'printcat-painter',
      model: 'ink',
      seed: '7',
      title: 'Cat at the Window',
    });
  });

  test("somebody else's Comment is nobody's prompt", async () => {
    expect(await generationOf({ Comment: 'Created with GIMP', Software: 'GIMP 2.10' })).toEqual(
      NO_GENERATION,
    );
  });
});

describe('A1111 parameters', () => {
  test('a prompt alone, without settings, leaves the rest null', async () => {
    expect(await generationOf({ parameters: 'a cat' })).toEqual({ ...NO_GENERATION, prompt: 'a cat' });
  });

  test('quoted values, commas and a second "Steps:" in the prompt', async () => {
    const parameters = [
      'Steps: 3 of them, {old|new}',
      'Negative prompt: dogs',
      'Steps: 12, Sampler: Euler, CFG scale: 6.5, Seed: 18446744073709551615, Size: 640x512, ' +
        'Model: "cat, fluffy", Lora hashes: "a: 1, Seed: 5"',
    ].join('\n');
    expect(await generationOf({ parameters })).toEqual({
      ...NO_GENERATION,
      prompt: 'Steps: 3 of them, {old|new}',
      negativePrompt: 'dogs',
      steps: 12,
      sampler: 'Euler',
      cfgScale: 6.5,
      seed: '18446744073709551615',
      widthPx: 640,
      heightPx: 512,
      model: 'cat, fluffy',
    });
  });

  test('JSON of an unknown generator is no prompt', async () => {
    expect(await generationOf({ parameters: '{"positive": "a cat"}' })).toEqual(NO_GENERATION);
  });

  test.each([
    ['big-endian', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['little-endian', (text: string) => Buffer.from(text, 'utf16le')],
  ])('UserComment in %s UTF-16', async (_, encode) => {
    const comment = Buffer.concat([Buffer.from('UNICODE\0'), encode('猫 on a roof\nSteps: 8, Seed: 4')]);
    const { generation } = await readMetadata({ bytes: tiffWithUserComment(comment), c2pa: null });
    expect(generation).toEqual({ ...NO_GENERATION, prompt: '猫 on a roof', steps: 8, seed: '4' });
  });

  test("a camera's UserComment is no prompt", async () => {
    const comment = Buffer.from('ASCII\0\0\0taken at the zoo');
    const { generation } = await readMetadata({ bytes: tiffWithUserComment(comment), c2pa: null });
    expect(generation).toEqual(NO_GENERATION);
  });
});

/** The smallest EXIF: a TIFF whose only entry is an EXIF directory with UserComment (0x9286). */
function tiffWithUserComment(comment: Buffer): Buffer {
  const head = Buffer.alloc(44);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  const directory = (at: number, tag: number, type: number, count: number, value: number) => {
    head.writeUInt16LE(1, at);
    head.writeUInt16LE(tag, at + 2);
    head.writeUInt16LE(type, at + 4);
    head.writeUInt32LE(count, at + 6);
    head.writeUInt32LE(value, at + 10);
  };
  directory(8, 0x8769, 4, 1, 26);
  directory(26, 0x9286, 7, comment.length, 44);
  return Buffer.concat([head, comment]);
}

describe('ComfyUI graphs', () => {
  const graph = {
    '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'cats.safetensors' } },
    '2': { class_type: 'LoraLoader', inputs: { lora_name: 'ink', model: ['1', 0], clip: ['1', 1] } },
    '3': { class_type: 'PrimitiveString', inputs: { value: 'a cat' } },
    '4': { class_type: 'CLIPTextEncode', inputs: { text: ['3', 0], clip: ['2', 1] } },
    '5': { class_type: 'CLIPTextEncode', inputs: { text: 'a dog', clip: ['2', 1] } },
    '6': {
      class_type: 'ControlNetApplyAdvanced',
      inputs: { positive: ['4', 0], negative: ['5', 0], strength: 1 },
    },
    '7': { class_type: 'EmptyLatentImage', inputs: { width: 832, height: 1216, batch_size: 1 } },
    '8': {
      class_type: 'KSampler',
      inputs: {
        seed: 5,
        steps: 30,
        cfg: 4.5,
        sampler_name: 'dpmpp_2m',
        model: ['2', 0],
        positive: ['6', 0],
        negative: ['6', 1],
        latent_image: ['7', 0],
      },
    },
    '9': { class_type: 'LatentUpscale', inputs: { samples: ['8', 0], width: 1664, height: 2432 } },
    '10': {
      class_type: 'KSampler',
      inputs: {
        seed: 99,
        steps: 7,
        cfg: 1,
        sampler_name: 'lcm',
        model: ['1', 0],
        positive: ['5', 0],
        negative: ['4', 0],
        latent_image: ['9', 0],
      },
    },
    '11': { class_type: 'VAEDecode', inputs: { samples: ['10', 0] } },
    '12': { class_type: 'SaveImage', inputs: { images: ['11', 0] }, is_changed: ['NAN'] },
    '13': { class_type: 'KSampler', inputs: { seed: 1, positive: ['5', 0], negative: ['5', 0] } },
  };

  test('the links are followed to the sampler that began the picture', async () => {
    // 2⁶⁴ − 1 as a seed and a bare NaN are what ComfyUI really writes.
    const prompt = JSON.stringify(graph)
      .replace('"seed":5,', '"seed":18446744073709551615,')
      .replace('"NAN"', 'NaN');
    expect(await generationOf({ prompt })).toEqual({
      ...NO_GENERATION,
      generator: 'ComfyUI',
      prompt: 'a cat',
      negativePrompt: 'a dog',
      seed: '18446744073709551615',
      model: 'cats.safetensors',
      sampler: 'dpmpp_2m',
      steps: 30,
      cfgScale: 4.5,
      widthPx: 832,
      heightPx: 1216,
    });
  });

  test('a custom sampler of a Flux workflow', async () => {
    const flux = {
      '1': { class_type: 'UNETLoader', inputs: { unet_name: 'flux1-dev.safetensors' } },
      '2': { class_type: 'CLIPTextEncodeFlux', inputs: { clip_l: 'a cat', t5xxl: 'a cat', guidance: 3.5 } },
      '3': { class_type: 'BasicGuider', inputs: { model: ['1', 0], conditioning: ['2', 0] } },
      '4': { class_type: 'RandomNoise', inputs: { noise_seed: 12 } },
      '5': { class_type: 'KSamplerSelect', inputs: { sampler_name: 'euler' } },
      '6': { class_type: 'BasicScheduler', inputs: { steps: 20, model: ['1', 0] } },
      '7': { class_type: 'EmptySD3LatentImage', inputs: { width: 1024, height: 768 } },
      '8': {
        class_type: 'SamplerCustomAdvanced',
        inputs: {
          noise: ['4', 0],
          guider: ['3', 0],
          sampler: ['5', 0],
          sigmas: ['6', 0],
          latent_image: ['7', 0],
        },
      },
      '9': { class_type: 'SaveImage', inputs: { images: ['8', 0] } },
    };
    expect(await generationOf({ prompt: JSON.stringify(flux) })).toEqual({
      ...NO_GENERATION,
      generator: 'ComfyUI',
      prompt: 'a cat',
      seed: '12',
      model: 'flux1-dev.safetensors',
      sampler: 'euler',
      steps: 20,
      widthPx: 1024,
      heightPx: 768,
    });
  });

  test('links in a circle come to an end', async () => {
    const circle = {
      '1': { class_type: 'KSampler', inputs: { positive: ['2', 0], latent_image: ['1', 0] } },
      '2': { class_type: 'ConditioningCombine', inputs: { conditioning_1: ['2', 0] } },
      '3': { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
    };
    expect(await generationOf({ prompt: JSON.stringify(circle) })).toEqual({
      ...NO_GENERATION,
      generator: 'ComfyUI',
    });
  });
});

describe('JSON as generators write it', () => {
  test('whole numbers beyond 2⁵³ keep their digits; text and fractions stay as they are', () => {
    expect(
      parseJson('{"a": 9007199254740993, "b": 9007199254740991, "c": "1234567890123456789", "d": 1e300}'),
    ).toEqual({ a: '9007199254740993', b: 9007199254740991, c: '1234567890123456789', d: 1e300 });
    expect(parseJson('[NaN, -Infinity, "NaN \\" Infinity"]')).toEqual([null, null, 'NaN " Infinity']);
    expect(parseJson('a cat')).toBeUndefined();
  });
});

describe('dates', () => {
  const datesOf = async (bytes: Buffer) => (await readMetadata({ bytes, c2pa: null })).dates;

  test('EXIF, XMP and PNG', async () => {
    const exif = { IFD2: { DateTimeOriginal: '2021:01:02 03:04:05', OffsetTimeOriginal: '+09:00' } };
    expect(await datesOf(await plainPicture().withExif(exif).jpeg().toBuffer())).toEqual([
      '2021:01:02 03:04:05+09:00',
    ]);
    const xmp =
      '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreateDate="2023-04-05T06:07:08Z"/>' +
      '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>';
    expect(await datesOf(await plainPicture().withXmp(xmp).png().toBuffer())).toEqual([
      '2023-04-05T06:07:08Z',
    ]);
    const time = pngChunk('tIME', Buffer.from([0x07, 0xe6, 9, 12, 3, 48, 58]));
    expect(await datesOf(withChunks(await plainPicture().png().toBuffer(), time))).toEqual([
      '2022-09-12T03:48:58Z',
    ]);
    expect(await datesOf(await pngWithText({ 'Generation time': '2.9e-05' }))).toEqual([]);
  });
});

describe('C2PA', () => {
  const box = (type: string, ...content: Buffer[]) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, ...content]);
  };
  const superbox = (label: string, ...content: Buffer[]) =>
    box('jumb', box('jumd', Buffer.alloc(16), Buffer.from([3]), Buffer.from(`${label}\0`)), ...content);
  // {"claim_generator": "made_up/1.0"}, a claim of version 1.
  const claim = Buffer.concat([
    Buffer.from([0xa1, 0x6f]),
    Buffer.from('claim_generator'),
    Buffer.from([0x6b]),
    Buffer.from('made_up/1.0'),
  ]);
  const padding = box('free', Buffer.alloc(70_000));
  const store = superbox('c2pa', superbox('urn:uuid:1', superbox('c2pa.claim', box('cbor', claim)), padding));

  test('a JPEG with the store in several APP11 segments', async () => {
    const jpeg = await plainPicture().jpeg().toBuffer();
    const room = 60_000;
    const segments: Buffer[] = [];
    for (let at = 0; at < store.length; at += room) {
      const head = Buffer.from([0xff, 0xeb, 0, 0, 0x4a, 0x50, 0, 1, 0, 0, 0, segments.length + 1]);
      const repeated = segments.length > 0 ? store.subarray(0, 8) : Buffer.alloc(0);
      const part = Buffer.concat([head, repeated, store.subarray(at, at + room)]);
      part.writeUInt16BE(part.length - 2, 2);
      segments.push(part);
    }
    expect(segments).toHaveLength(2);
    const path = await file(
      await temporaryFolder(),
      'a.jpg',
      Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]),
    );
    const container = await readContainer(path, 'jpeg');
    expect(container.c2pa?.equals(store)).toBe(true);
    expect((await readMetadata(container)).generation).toEqual({
      ...NO_GENERATION,
      generator: 'made_up/1.0',
    });
  });

  test('a damaged store is noted, not fatal', async () => {
    const { generation, notes } = await readMetadata({
      bytes: await plainPicture().png().toBuffer(),
      c2pa: store.subarray(0, 100),
    });
    expect(generation).toEqual(NO_GENERATION);
    expect(notes).toEqual(['Its C2PA manifest could not be read: the C2PA manifest is damaged']);
  });

  // Examples of RFC 8949, appendix A.
  test.each([
    ['1b000000e8d4a51000', 1000000000000],
    ['3903e7', -1000],
    ['f93c00', 1],
    ['fb3ff199999999999a', 1.1],
    ['f5', true],
    ['f6', null],
    ['62c3bc', 'ü'],
    ['83010203', [1, 2, 3]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
    ['bf6346756ef563416d7421ff', { Fun: true, Amt: -2 }],
    ['c11a514b67b0', 1363896240],
  ])('CBOR %s', (hex, value) => expect(decodeCbor(Buffer.from(hex, 'hex'))).toEqual(value));

  test.each(['', '62c3', '9b00ffffffffffffff', '81'.repeat(100)])('CBOR %s is refused', (hex) =>
    expect(() => decodeCbor(Buffer.from(hex, 'hex'))).toThrow(RangeError),
  );
});
