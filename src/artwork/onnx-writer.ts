/**
 * Writes a graph in ONNX's own format (protobuf, onnx.proto3 of opset 17): just the messages that a convolutional
 * network needs.
 */

/** Field numbers of onnx.proto3. */
const MODEL = { irVersion: 1, producer: 2, graph: 7, opset: 8 } as const;
const OPSET = { domain: 1, version: 2 } as const;
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, f: 2, i: 3, ints: 8, type: 20 } as const;
const ATTRIBUTE_TYPE = { float: 1, int: 2, ints: 7 } as const;
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 } as const;
const DATA_TYPE = { float: 1, int64: 7 } as const;
const VALUE_INFO = { name: 1, type: 2 } as const;

/** Version 8 of the format is the one that goes with opset 17 (ONNX 1.12). */
const IR_VERSION = 8;
const OPSET_VERSION = 17;

/** A protobuf message while it is being written. */
class Message {
  readonly #parts: Uint8Array[] = [];

  #varint(value: number): this {
    const bytes: number[] = [];
    let rest = BigInt.asUintN(64, BigInt(value));
    do {
      const low = Number(rest & 127n);
      rest >>= 7n;
      bytes.push(rest ? low | 128 : low);
    } while (rest);
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }

  int(field: number, value: number): this {
    return this.#varint(field << 3).#varint(value);
  }

  float(field: number, value: number): this {
    this.#varint((field << 3) | 5).#parts.push(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint((field << 3) | 2)
      .#varint(value.length)
      .#parts.push(value);
    return this;
  }

  text(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value));
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.finish());
  }

  finish(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

/** An attribute of an operator: whole numbers, or one that is not. */
export type Attribute = number | readonly number[] | { readonly float: number };

function attribute(name: string, value: Attribute): Message {
  const message = new Message().text(ATTRIBUTE.name, name);
  if (typeof value === 'number') {
    return message.int(ATTRIBUTE.i, value).int(ATTRIBUTE.type, ATTRIBUTE_TYPE.int);
  }
  if ('float' in value) {
    return message.float(ATTRIBUTE.f, value.float).int(ATTRIBUTE.type, ATTRIBUTE_TYPE.float);
  }
  for (const each of value) message.int(ATTRIBUTE.ints, each);
  return message.int(ATTRIBUTE.type, ATTRIBUTE_TYPE.ints);
}

/** A picture that goes in or out: float, 1 × 3 × any height × any width. */
function pictureInfo(name: string): Message {
  const shape = new Message();
  for (const dim of [1, 3, `${name}_h`, `${name}_w`]) {
    shape.message(1, typeof dim === 'number' ? new Message().int(1, dim) : new Message().text(2, dim));
  }
  const tensor = new Message().int(1, DATA_TYPE.float).message(2, shape);
  return new Message().text(VALUE_INFO.name, name).message(VALUE_INFO.type, new Message().message(1, tensor));
}

export class OnnxGraph {
  readonly #graph = new Message();
  #named = 0;

  /** A name for a value between two operators. */
  name(): string {
    return `v${this.#named++}`;
  }

  /** Adds an operator. @returns the name of its output */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Record<string, Attribute> = {},
  ): string {
    const node = new Message();
    for (const input of inputs) node.text(NODE.input, input);
    node.text(NODE.output, output).text(NODE.name, `${operator}_${output}`).text(NODE.opType, operator);
    for (const [name, value] of Object.entries(attributes)) {
      node.message(NODE.attribute, attribute(name, value));
    }
    this.#graph.message(GRAPH.node, node);
    return output;
  }

  /** Adds weights. @returns their name */
  floats(dims: readonly number[], values: Float32Array): string {
    return this.#tensor(dims, DATA_TYPE.float, values);
  }

  /** Adds a list of whole numbers, such as the ends of a slice. @returns its name */
  integers(values: readonly number[]): string {
    return this.#tensor([values.length], DATA_TYPE.int64, BigInt64Array.from(values, BigInt));
  }

  #tensor(dims: readonly number[], type: number, values: Float32Array | BigInt64Array): string {
    const name = this.name();
    const tensor = new Message();
    for (const dim of dims) tensor.int(TENSOR.dims, dim);
    tensor.int(TENSOR.dataType, type).text(TENSOR.name, name);
    tensor.bytes(TENSOR.rawData, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    this.#graph.message(GRAPH.initializer, tensor);
    return name;
  }

  /** The file's bytes, for a graph from one picture to another. */
  finish(input: string, output: string): Uint8Array {
    this.#graph
      .text(GRAPH.name, 'upscaler')
      .message(GRAPH.input, pictureInfo(input))
      .message(GRAPH.output, pictureInfo(output));
    return new Message()
      .int(MODEL.irVersion, IR_VERSION)
      .text(MODEL.producer, 'printcat')
      .message(MODEL.graph, this.#graph)
      .message(MODEL.opset, new Message().text(OPSET.domain, '').int(OPSET.version, OPSET_VERSION))
      .finish();
  }
}
