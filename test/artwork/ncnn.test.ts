import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { ncnnToOnnx } from '../../src/artwork/ncnn.ts';

const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer);
const TAG_FLOAT = Buffer.alloc(4);
const TAG_HALF = Buffer.from([0x47, 0x6b, 0x30, 0x01]);

async function run(param: string, bin: Buffer, pixels: number[], height: number, width: number) {
  const session = await InferenceSession.create(ncnnToOnnx(param, bin), { logSeverityLevel: 3 });
  const input = new Tensor('float32', Float32Array.from(pixels), [1, 3, height, width]);
  const output = (await session.run({ [session.inputNames[0]!]: input }))[session.outputNames[0]!]!;
  return { dims: output.dims, data: [...(output.data as Float32Array)] };
}

const param = (...layers: string[]) => `7767517\n${layers.length} 9\n${layers.join('\n')}\n`;
const INPUT = 'Input in 0 1 a';

test('a convolution with half-float weights, bias and leaky ReLU', async () => {
  // 1 × 1: the first plane minus twice the third, plus a half. Three halves are padded to eight bytes.
  const bin = Buffer.concat([
    TAG_HALF,
    Buffer.from(Uint16Array.of(0x3c00, 0x0000, 0xc000, 0).buffer),
    floats(0.5),
  ]);
  const layers = param(INPUT, 'Convolution c 1 1 a b 0=1 1=1 5=1 6=3 9=2 -23310=1,0.1');
  const { data } = await run(layers, bin, [1, 2, 9, 9, 0.25, 4], 1, 2);
  expect(data[0]).toBeCloseTo(1 - 0.5 + 0.5, 6);
  expect(data[1]).toBeCloseTo((2 - 8 + 0.5) * 0.1, 6);
});

test('a 3 × 3 convolution is unpadded and runs left to right, top to bottom', async () => {
  const kernel = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const bin = Buffer.concat([TAG_FLOAT, floats(...kernel, ...Array(18).fill(0))]);
  const pixels = Array.from({ length: 12 * 3 }, (_, i) => (i < 12 ? i : 0));
  const { dims, data } = await run(param(INPUT, 'Convolution c 1 1 a b 0=1 1=3 6=27'), bin, pixels, 3, 4);
  expect(dims).toEqual([1, 1, 1, 2]);
  const sum = (left: number) =>
    kernel.reduce((total, w, i) => total + w * (Math.floor(i / 3) * 4 + left + (i % 3)), 0);
  expect(data).toEqual([sum(0), sum(1)]);
});

test('a transposed convolution doubles the picture, its weights out by in', async () => {
  // 2 outputs of 3 inputs, 2 × 2, stride 2: output 0 repeats input 1; output 1 is input 2, in its left column only.
  const weights = [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0];
  const bin = Buffer.concat([TAG_FLOAT, floats(...weights)]);
  const layers = param(INPUT, 'Deconvolution d 1 1 a b 0=2 1=2 3=2 6=24');
  const { dims, data } = await run(layers, bin, [0, 0, 3, 4, 5, 6], 1, 2);
  expect(dims).toEqual([1, 2, 2, 4]);
  expect(data).toEqual([3, 3, 4, 4, 3, 3, 4, 4, 5, 0, 6, 0, 5, 0, 6, 0]);
});

test('split, pooling, inner product, scale, crop and sum, as in a squeeze-and-excitation block', async () => {
  // The mean of each plane goes through a diagonal matrix and a sigmoid, scales the plane; a cropped copy is added.
  const bin = Buffer.concat([TAG_FLOAT, floats(1, 0, 0, 0, 0, 0, 0, 0, 0), floats(0, 100, -100)]);
  const layers = param(
    INPUT,
    'Split s 1 3 a a1 a2 a3',
    'Pooling p 1 1 a1 m 0=1 4=1',
    'InnerProduct i 1 1 m w 0=3 1=1 2=9 9=4',
    'Scale x 2 1 a2 w y 0=-233',
    'Split t 1 2 y y1 y2',
    'Crop k 2 1 y1 a3 z 0=1 1=1',
    'Crop k2 2 1 a3 y2 z2 0=1 1=1',
    'Eltwise e 2 1 z z2 o 0=1',
  );
  const plane = [0, 0, 0, 0, 9, 0, 0, 0, 0];
  const { dims, data } = await run(layers, bin, [...plane, ...plane, ...plane], 3, 3);
  expect(dims).toEqual([1, 3, 1, 1]);
  const sigmoid = 1 / (1 + Math.exp(-1));
  for (const [i, value] of [9 * sigmoid + 9, 18, 9].entries()) expect(data[i]).toBeCloseTo(value, 5);
});

test('files that are not such a network are refused', () => {
  expect(() => ncnnToOnnx('hello\n', Buffer.alloc(0))).toThrow('not a text .param file');
  expect(() => ncnnToOnnx(param(INPUT, 'Convolution c 1 1 a b 0=1 1=1 6=3'), Buffer.alloc(40))).toThrow(
    'do not fit',
  );
  expect(() => ncnnToOnnx(param(INPUT, 'Softmax c 1 1 a b'), Buffer.alloc(0))).toThrow(
    'unknown layer Softmax',
  );
});
