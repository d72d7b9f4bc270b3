import * as z from 'zod';
import { type Generation, NO_GENERATION } from '../image.ts';
import { amount, count, parseFields, seed, text } from './fields.ts';
import type { Tags } from './tags.ts';

/** An input is a value or a link to an output of another node: `["7", 0]`. */
const node = z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) });
const graphSchema = z.record(z.string(), node);
const linkSchema = z.tuple([z.union([z.string(), z.int().transform(String)]), z.int()]);

type Node = z.output<typeof node>;
type Graph = z.output<typeof graphSchema>;
type Link = z.output<typeof linkSchema>;

/** Nodes that give the prompt's text, by the names that text encoders have for it (CLIP, SDXL, Flux, SD3). */
const TEXT_INPUTS = ['text', 'text_g', 'text_l', 't5xxl', 'clip_g', 'clip_l', 'prompt', 'value', 'string'];
const MODEL_INPUTS = ['ckpt_name', 'unet_name', 'model_name'];

/**
 * Reads ComfyUI: the executed graph as JSON in the PNG text `prompt`. Its nodes are of any kind and number, so
 * the links are followed from the picture back to the sampler that began it, and from there to its inputs.
 */
export function readComfyUi({ text: { prompt } }: Tags): Generation | null {
  const graph = parseFields(prompt, graphSchema);
  if (!graph) return null;
  const generator = { ...NO_GENERATION, generator: 'ComfyUI' };
  const sampler = firstSampler(graph);
  if (!sampler) return generator;
  const { inputs } = sampler;
  const guider = nodeAt(graph, inputs.guider)?.inputs ?? inputs;
  const size = upstream(graph, inputs.latent_image ?? inputs.samples).find(
    (n) => count.parse(n.inputs.width) && count.parse(n.inputs.height),
  );
  return {
    ...generator,
    prompt: promptText(graph, guider.positive ?? guider.conditioning, 'positive'),
    negativePrompt: promptText(graph, guider.negative, 'negative'),
    seed: seed.parse(
      value(graph, inputs.seed ?? inputs.noise_seed ?? inputs.noise, ['seed', 'noise_seed', 'value']),
    ),
    model: text.parse(valueUpstream(graph, guider.model, MODEL_INPUTS)),
    sampler: text.parse(value(graph, inputs.sampler_name ?? inputs.sampler, ['sampler_name'])),
    steps: count.parse(value(graph, inputs.steps ?? inputs.sigmas, ['steps', 'value'])),
    cfgScale: amount.parse(value(graph, guider.cfg, ['cfg', 'value'])),
    widthPx: count.parse(size?.inputs.width ?? null),
    heightPx: count.parse(size?.inputs.height ?? null),
  };
}

const asLink = (input: unknown): Link | null => linkSchema.safeParse(input).data ?? null;

const nodeAt = (graph: Graph, input: unknown): Node | undefined => {
  const link = asLink(input);
  return link ? graph[link[0]] : undefined;
};

/** The nodes that an input depends on, nearest first. */
function upstream(graph: Graph, ...inputs: unknown[]): Node[] {
  const found = new Set<Node>();
  for (let level = inputs; level.length > 0; ) {
    const nodes = new Set(level.flatMap((input) => nodeAt(graph, input) ?? []).filter((n) => !found.has(n)));
    for (const n of nodes) found.add(n);
    level = [...nodes].flatMap((n) => Object.values(n.inputs));
  }
  return [...found];
}

const isSampler = ({ class_type, inputs }: Node): boolean =>
  class_type.includes('Sampler') && ('positive' in inputs || 'guider' in inputs);

/**
 * The sampler that began the picture: the furthest upstream of the node that saved it. Samplers nearer to it
 * only refine or enlarge what that one made.
 */
function firstSampler(graph: Graph): Node | undefined {
  const saved = Object.values(graph).filter(({ class_type }) => /^(Save|Preview)/.test(class_type));
  const ends = saved.length > 0 ? saved : Object.values(graph);
  const before = upstream(graph, ...ends.flatMap((end) => Object.values(end.inputs)));
  return before.findLast(isSampler);
}

/** An input's value: itself, or that of the node it is linked to under one of these names. */
function value(graph: Graph, input: unknown, names: readonly string[]): unknown {
  if (!asLink(input)) return input ?? null;
  return valueUpstream(graph, input, names);
}

function valueUpstream(graph: Graph, input: unknown, names: readonly string[]): unknown {
  for (const n of upstream(graph, input)) {
    for (const name of names)
      if (n.inputs[name] !== undefined && !asLink(n.inputs[name])) return n.inputs[name];
  }
  return null;
}

/**
 * The texts that an encoded prompt is made of. A node that carries both prompts through (a ControlNet) has
 * them at outputs 0 and 1, as inputs `positive` and `negative`.
 */
function promptText(graph: Graph, input: unknown, side: 'positive' | 'negative'): string | null {
  const seen = new Set<string>();
  const collect = (from: unknown): string[] => {
    const link = asLink(from);
    if (!link || seen.has(link.join())) return [];
    seen.add(link.join());
    const n = graph[link[0]];
    if (!n || n.class_type === 'ConditioningZeroOut') return [];
    if ('positive' in n.inputs || 'negative' in n.inputs) {
      return collect(n.inputs[['positive', 'negative'][link[1]] ?? side]);
    }
    const texts = TEXT_INPUTS.flatMap((name) => {
      const entry = n.inputs[name];
      return typeof entry === 'string' ? [entry] : collect(entry);
    });
    if (texts.length > 0) return texts;
    return Object.keys(n.inputs)
      .filter((name) => name.startsWith('conditioning'))
      .flatMap((name) => collect(n.inputs[name]));
  };
  const texts = [...new Set(collect(input))];
  return texts.length > 0 ? texts.join('\n') : null;
}
