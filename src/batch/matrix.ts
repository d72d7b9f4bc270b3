import { Liquid, LiquidError } from 'liquidjs';
import * as z from 'zod';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { DECISIONS, type ImageRecord } from '../catalogue/image.ts';
import { TAG, tagOf } from '../catalogue/tags.ts';
import { PrintcatError } from '../errors.ts';
import { listTemplates, type Template } from '../layout/template.ts';
import { productNames } from '../products/index.ts';
import { MatrixFields } from './matrix-fields.ts';
import { withDefaults } from './read-files.ts';
import type { OrderReader } from './read-orders.ts';
import { kindOf, listOf, type Mistake, mapOf, plainOf, textOf, type Written } from './written.ts';

const oneOrMore = <T extends z.ZodType>(schema: T) => z.union([schema, z.array(schema).min(1)]);
const tag = z.string().refine((given) => tagOf(given) !== null, `Expected ${TAG}`);
const digits = z.string().regex(/^\d{4,14}$/, 'Expected the first digits of IDs such as 202209');

/** Which pictures of the catalogue a matrix takes; all conditions hold. Upper and lower case are the same. */
export const imageQuery = z.strictObject({
  decision: oneOrMore(z.enum(DECISIONS)).default('released').describe('What was decided about them'),
  from: digits.optional().describe('The first ID, or its first digits'),
  to: digits
    .optional()
    .describe('The last ID, or its first digits; pictures with these digits are among them'),
  search: z
    .string()
    .optional()
    .describe('Words that must all occur in ID, file name, title, prompt, generator, model or tags'),
  tag: oneOrMore(tag).optional().describe('A tag that they have, or several, all of which they have'),
  generator: z.string().optional().describe("A part of the generator's name"),
  model: z.string().optional().describe("A part of the model's name"),
  prompt: z.string().optional().describe('A part of the prompt'),
  title: z.string().optional().describe('A part of the title'),
});

/** Axes that every matrix has; each further key is an option, or a list of its values: one more axis. */
export const AXES = ['images', 'products', 'templates'] as const;

/** Where a matrix is unfolded. */
export interface MatrixPlace {
  readonly file: string;
  readonly workspace: string;
  readonly catalogue: Catalogue;
  readonly templateDirs: readonly string[];
  readonly reader: OrderReader;
}

/**
 * Unfolds a matrix: pictures × products × templates × whatever options have lists of values, picture by picture. Texts
 * of fields, and the name, may name what is known of the picture, and the order's options: `{{ title }}`. A field goes to
 * the templates that have it.
 * @returns the orders as they would stand in a list, with the lines of the matrix
 */
export async function unfoldMatrix(
  written: Written,
  defaults: Written | null,
  { file, workspace, catalogue, templateDirs, reader }: MatrixPlace,
): Promise<Written[]> {
  const { mistakes } = reader;
  const wrong = (line: number, message: string, hint?: string): [] => {
    mistakes.push({ file, line, message, ...(hint !== undefined && { hint }) });
    return [];
  };
  const map = mapOf(written);
  if (!map) return wrong(written.line, `Expected axes for matrix but received ${kindOf(written)}`);
  const before = mistakes.length;
  const axis = (name: string): Written[] => {
    const value = map.get(name);
    return value ? [...(listOf(value) ?? [value])] : [];
  };
  const products = axis('products');
  if (products.length === 0) wrong(written.line, 'Expected products for matrix but received none');
  const known = productNames(workspace);
  for (const product of products) {
    if (known.includes(textOf(product) ?? '')) continue;
    wrong(product.line, `Expected one of ${known.join(', ')} for products but received ${shown(product)}`);
  }
  const images = imagesOf(map.get('images'), written.line, catalogue, wrong);
  const templates = await listTemplates(templateDirs);
  const pairs = pairsOf(products, axis('templates'), templates, wrong);
  if (mistakes.length > before) return [];

  const options = [...map].filter(([key]) => !(AXES as readonly string[]).includes(key));
  const texts = new Texts();
  const fields = pairs.length > 1 ? new MatrixFields(templates) : null;
  const orders: Written[] = [];
  for (const image of images) {
    for (const { product, template } of pairs) {
      const facts = reader.factsOf(textOf(product)!);
      for (const choice of choicesOf(options, (key) => facts[key]?.type === 'array')) {
        const order = new Map<string, Written>([
          ['product', product],
          ['image', { line: map.get('images')?.line ?? written.line, value: image.id }],
          ...(template ? [['template', template] as const] : []),
          ...choice,
        ]);
        const whole = withDefaults({ line: written.line, value: order }, defaults ?? NOTHING);
        const filled = texts.fill(whole, image, file, mistakes);
        if (!filled) return [];
        orders.push(fields?.fitted(filled) ?? filled);
      }
    }
  }
  for (const { name, line } of fields?.strangers(map) ?? []) {
    wrong(line, `Expected a field of one of the matrix's templates but received ${name}`, FIELDS);
  }
  return orders;
}

const FIELDS = 'printcat templates <name> shows the fields of a template.';

type Wrong = (line: number, message: string, hint?: string) => [];

const NOTHING: Written = { line: 0, value: new Map() };
const shown = (written: Written): string => textOf(written) ?? kindOf(written);

function imagesOf(
  written: Written | undefined,
  matrixLine: number,
  catalogue: Catalogue,
  wrong: Wrong,
): readonly ImageRecord[] {
  const list = written && listOf(written);
  if (list) {
    return list.flatMap((one) => {
      const image = catalogue.get(textOf(one) ?? '');
      return image ? [image] : wrong(one.line, `Expected an ID of the catalogue but received ${shown(one)}`);
    });
  }
  const all = !written || textOf(written) === 'all';
  const parsed = imageQuery.safeParse(all ? {} : plainOf(written));
  const line = written?.line ?? matrixLine;
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      wrong(line, `${['images', ...path].join('.')}: ${message}`);
    return [];
  }
  const { decision, search, tag: tags = [], from = '', to = '', ...parts } = parsed.data;
  const has = (text: string | null, part: string | undefined) =>
    part === undefined || (text ?? '').toLowerCase().includes(part.toLowerCase());
  const found = catalogue
    .list({ decisions: [decision].flat(), tags: [tags].flat(), ...(search !== undefined && { search }) })
    .filter(({ id }) => id.slice(0, from.length) >= from && (to === '' || id.slice(0, to.length) <= to))
    .filter(({ generation: g }) =>
      (['generator', 'model', 'prompt', 'title'] as const).every((key) => has(g[key], parts[key])),
    );
  return found.length > 0
    ? found
    : wrong(line, 'No image of the catalogue fits', 'printcat list shows what there is.');
}

interface Pair {
  readonly product: Written;
  readonly template: Written | null;
}

/** Each product with each template that lays it out. */
function pairsOf(
  products: readonly Written[],
  templates: readonly Written[],
  known: readonly Template[],
  wrong: Wrong,
): Pair[] {
  if (templates.length === 0) return products.map((product) => ({ product, template: null }));
  const all = new Map(known.map((template) => [template.name, template] as const));
  const found: { written: Written; template: Template }[] = [];
  for (const written of templates) {
    const template = all.get(textOf(written) ?? '');
    if (template) found.push({ written, template });
    else
      wrong(
        written.line,
        `Expected one of ${[...all.keys()].join(', ')} for templates but received ${shown(written)}`,
      );
  }
  const pairs = products.flatMap((product) =>
    found
      .filter(({ template }) => template.products.includes(textOf(product) ?? ''))
      .map(({ written }) => ({ product, template: written })),
  );
  for (const { written, template } of found) {
    if (pairs.some((pair) => pair.template === written)) continue;
    wrong(
      written.line,
      `Template ${template.name} lays out none of the products; it is for ${template.products.join(', ')}`,
    );
  }
  for (const product of products) {
    if (found.length === 0 || pairs.some((pair) => pair.product === product)) continue;
    wrong(product.line, `None of the templates lays out ${shown(product)}`);
  }
  return pairs;
}

/** Every combination of the values of options. */
function choicesOf(
  options: readonly (readonly [string, Written])[],
  takesList: (key: string) => boolean,
): [string, Written][][] {
  let choices: [string, Written][][] = [[]];
  for (const [key, written] of options) {
    const list = listOf(written);
    const isAxis = list && (!takesList(key) || list.every((one) => listOf(one)));
    const values = isAxis ? list : [written];
    choices = choices.flatMap((choice) =>
      values.map((value): [string, Written][] => [...choice, [key, value]]),
    );
  }
  return choices;
}

/** Fills texts with what is known of a picture, and with what the order says. */
class Texts {
  readonly #engine = new Liquid({ strictVariables: true, strictFilters: true, cache: true });

  /** @returns `null` where a text cannot be filled */
  fill(
    order: Written,
    { id, fileName, generation }: ImageRecord,
    file: string,
    mistakes: Mistake[],
  ): Written | null {
    const ofOrder = [...mapOf(order)!].map(([key, value]) => [key, textOf(value)] as const);
    const known = Object.fromEntries([
      ...ofOrder.filter(([key, text]) => text !== null && key !== 'name'),
      ...Object.entries({ id, fileName, ...generation }).map(([key, value]) => [key, value ?? '']),
    ]);
    const filled = (written: Written): Written => {
      const text = textOf(written);
      if (text === null || !text.includes('{')) return written;
      try {
        return { line: written.line, value: this.#engine.parseAndRenderSync(text, known) };
      } catch (error) {
        if (!(error instanceof LiquidError)) throw error;
        const names = Object.keys(known).join(', ');
        const message = error.message.split(', line:')[0]!;
        throw new PrintcatError(message, { hint: `A text may name ${names}.`, cause: written.line });
      }
    };
    try {
      const parts = new Map(mapOf(order)!);
      const fields = parts.get('fields');
      const texts = fields && mapOf(fields);
      if (texts) {
        const all = [...texts].map(([name, text]) => [name, filled(text)] as const);
        parts.set('fields', { line: fields.line, value: new Map(all) });
      }
      const name = parts.get('name');
      if (name) parts.set('name', filled(name));
      return { line: order.line, value: parts };
    } catch (error) {
      if (!(error instanceof PrintcatError)) throw error;
      mistakes.push({ file, line: error.cause as number, message: error.message, hint: error.hint });
      return null;
    }
  }
}
