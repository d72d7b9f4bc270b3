import { type Attribute, OnnxGraph } from './onnx-writer.ts';

/**
 * Reads a network in the format of Tencent's ncnn (`.param`: its layers as text, `.bin`: its weights) and rebuilds
 * it as an ONNX graph. It knows the layers that the waifu2x networks are made of, with ncnn's numbering of their
 * parameters (https://github.com/Tencent/ncnn/wiki/operation-param-weight-table).
 */

interface Layer {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** A number by its ID; 0 where the layer does not name it, which is ncnn's default for those used here. */
  number(id: number, fallback?: number): number;
  list(id: number): readonly number[];
}

const MAGIC = '7767517';
/** Lists have IDs from here downwards: −23300 − ID, their values after a count. */
const LIST_BASE = -23300;

function parseLayer(line: string): Layer {
  const [type = '', , inputCount, outputCount, ...rest] = line.trim().split(/\s+/);
  const ins = Number(inputCount);
  const outs = Number(outputCount);
  const values = new Map<number, readonly number[]>();
  for (const parameter of rest.slice(ins + outs)) {
    const [id, value = ''] = parameter.split('=');
    const numbers = value.split(',').map(Number);
    if (Number(id) <= LIST_BASE) values.set(LIST_BASE - Number(id), numbers.slice(1));
    else values.set(Number(id), numbers);
  }
  return {
    type,
    inputs: rest.slice(0, ins),
    outputs: rest.slice(ins, ins + outs),
    number: (id, fallback = 0) => values.get(id)?.[0] ?? fallback,
    list: (id) => values.get(id) ?? [],
  };
}

/** Reads the weights one after the other, in the order of the layers. */
class Weights {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  floats(count: number): Float32Array {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = this.#bytes.readFloatLE(this.#at + i * 4);
    this.#at += count * 4;
    return values;
  }

  /** Weights that say themselves how they are stored: half floats (padded to 4 bytes) or floats. */
  tagged(count: number): Float32Array {
    const tag = this.#bytes.readUInt32LE(this.#at);
    this.#at += 4;
    if (tag === 0) return this.floats(count);
    if (tag !== 0x01306b47) throw new Error(`ncnn: weights of unknown kind 0x${tag.toString(16)}`);
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = halfFloat(this.#bytes.readUInt16LE(this.#at + i * 2));
    this.#at += Math.ceil(count / 2) * 4;
    return values;
  }

  expectEnd(): void {
    if (this.#at !== this.#bytes.length) throw new Error('ncnn: the weights do not fit the layers');
  }
}

/** A half-precision number (IEEE 754 binary16); networks have no infinities. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** ncnn keeps a transposed convolution's weights as out × in × k × k, ONNX as in × out × k × k. */
function swapChannels(weights: Float32Array, outs: number, ins: number, area: number): Float32Array {
  const swapped = new Float32Array(weights.length);
  for (let o = 0; o < outs; o++) {
    for (let i = 0; i < ins; i++) {
      const from = (o * ins + i) * area;
      swapped.set(weights.subarray(from, from + area), (i * outs + o) * area);
    }
  }
  return swapped;
}

const square = (value: number): number[] => [value, value];

/**
 * Rebuilds the network.
 * @param param the text of the `.param` file
 * @param bin the bytes of the `.bin` file
 * @returns an ONNX model from one RGB picture (float, 1 × 3 × h × w) to another
 * @throws Error where the files are of another kind: those that are fetched are pinned, so it is a bug
 */
export function ncnnToOnnx(param: string, bin: Buffer): Uint8Array {
  const [magic, , ...lines] = param.trim().split(/\r?\n/);
  if (magic?.trim() !== MAGIC) throw new Error('ncnn: not a text .param file');
  const weights = new Weights(bin);
  const graph = new OnnxGraph();
  /** A Split only gives a value more names. */
  const names = new Map<string, string>();
  let input = '';
  let output = '';

  const activated = (layer: Layer, value: string): void => {
    const kind = layer.number(9);
    if (kind === 1) graph.node('Relu', [value], output);
    else if (kind === 2) graph.node('LeakyRelu', [value], output, { alpha: { float: layer.list(10)[0]! } });
    else if (kind === 4) graph.node('Sigmoid', [value], output);
    else throw new Error(`ncnn: unknown activation ${kind}`);
  };

  /** A convolution, plain or transposed; an inner product is one of 1 × 1 on a picture of one pixel. */
  const convolution = (layer: Layer, from: string): void => {
    const inner = layer.type === 'InnerProduct';
    const transposed = layer.type === 'Deconvolution';
    const outs = layer.number(0);
    const kernel = inner ? 1 : layer.number(1);
    const count = layer.number(inner ? 2 : 6);
    const ins = count / (outs * kernel * kernel);
    const stored = weights.tagged(count);
    const w = transposed
      ? graph.floats([ins, outs, kernel, kernel], swapChannels(stored, outs, ins, kernel * kernel))
      : graph.floats([outs, ins, kernel, kernel], stored);
    const inputs = [from, w];
    if (layer.number(inner ? 1 : 5)) inputs.push(graph.floats([outs], weights.floats(outs)));
    const padding = inner ? 0 : layer.number(4);
    const attributes: Record<string, Attribute> = {
      kernel_shape: square(kernel),
      strides: square(inner ? 1 : layer.number(3, 1)),
      pads: [...square(padding), ...square(padding)],
    };
    const plain = layer.number(9) === 0;
    const made = plain ? output : graph.name();
    graph.node(transposed ? 'ConvTranspose' : 'Conv', inputs, made, attributes);
    if (!plain) activated(layer, made);
  };

  for (const layer of lines.map(parseLayer)) {
    const inputs = layer.inputs.map((name) => names.get(name) ?? name);
    const [first = ''] = inputs;
    if (layer.type === 'Split') {
      for (const name of layer.outputs) names.set(name, first);
      continue;
    }
    output = layer.outputs[0]!;
    switch (layer.type) {
      case 'Input':
        input = output;
        break;
      case 'Convolution':
      case 'Deconvolution':
      case 'InnerProduct':
        convolution(layer, first);
        break;
      case 'Pooling':
        if (layer.number(0) !== 1 || layer.number(4) !== 1) throw new Error('ncnn: only global mean pooling');
        graph.node('GlobalAveragePool', [first], output);
        break;
      case 'Scale':
        if (layer.number(0) !== -233) throw new Error('ncnn: only scaling by a second input');
        graph.node('Mul', inputs, output);
        break;
      case 'Eltwise':
        if (layer.number(0) !== 1) throw new Error('ncnn: only sums');
        graph.node('Add', inputs, output);
        break;
      case 'Crop': {
        // The second input only names the size, which cropping as much on each side gives by itself.
        const crop = square(layer.number(0));
        const ends = crop.map((each) => -each);
        graph.node(
          'Slice',
          [first, graph.integers(crop), graph.integers(ends), graph.integers([2, 3])],
          output,
        );
        break;
      }
      default:
        throw new Error(`ncnn: unknown layer ${layer.type}`);
    }
  }
  weights.expectEnd();
  return graph.finish(input, output);
}
