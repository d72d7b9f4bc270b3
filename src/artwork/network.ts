import { availableParallelism } from 'node:os';
import type { ModelName } from '../models/catalogue.ts';
import type { Weights } from '../models/store.ts';
import { ncnnToOnnx } from './ncnn.ts';

/** A network that doubles a picture's size. */
export interface Network {
  readonly name: ModelName;
  /** Pixels around a pixel that have a say in it: the network eats as many on each side. */
  readonly context: number;
  /**
   * Runs the network.
   * @param pixels planes of red, green and blue, 0…1
   * @param width of the input, even, as is `height`
   * @returns planes, 0…1 (a little over and under), of 2 × (width − 2 × context) by 2 × (height − 2 × context)
   */
  run(pixels: Float32Array, width: number, height: number): Promise<Float32Array>;
}

/** The convolutions of each network are unpadded; what they eat is counted along its layers. */
const CONTEXT: Record<ModelName, number> = { upconv_7: 7, cunet: 18 };

const loaded = new Map<ModelName, Promise<Network>>();

/**
 * Builds the network from its weights, once a process.
 * @throws Error where onnxruntime has no library for this machine
 */
export function loadNetwork(name: ModelName, weights: Weights): Promise<Network> {
  let network = loaded.get(name);
  if (!network) {
    network = build(name, weights);
    loaded.set(name, network);
  }
  return network;
}

async function build(name: ModelName, { param, bin }: Weights): Promise<Network> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(ncnnToOnnx(param.toString('utf8'), bin), {
    intraOpNumThreads: availableParallelism(),
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Plans memory for each new size of tile and keeps the plans: a quarter more memory for no less time.
    enableMemPattern: false,
  });
  const input = session.inputNames[0]!;
  const output = session.outputNames[0]!;
  return {
    name,
    context: CONTEXT[name],
    async run(pixels, width, height) {
      const results = await session.run({ [input]: new Tensor('float32', pixels, [1, 3, height, width]) });
      return results[output]!.data as Float32Array;
    },
  };
}
