import * as z from 'zod';
import { optionsInFiles, writtenOrder } from '../order/read-order.ts';
import { listProducts } from '../products/index.ts';
import type { Product } from '../products/product.ts';
import { AXES, imageQuery } from './matrix.ts';

type Schema = Record<string, unknown>;

/** JSON Schema of some options, without what only the command line needs. */
function propertiesOf(options: z.ZodRawShape): Schema {
  const schema = z.toJSONSchema(z.object(options).partial(), {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      for (const key of ['alias', 'placeholder', 'positional']) delete (jsonSchema as Schema)[key];
      // Not every validator knows Unicode's properties.
      if (/\\p\{/i.test(jsonSchema.pattern ?? '')) delete jsonSchema.pattern;
    },
  });
  return (schema.properties ?? {}) as Schema;
}

/** The same of options of an order: one value stands for a list of one. */
const orderPropertiesOf = (options: z.ZodRawShape): Schema =>
  Object.fromEntries(
    Object.entries(propertiesOf(options)).map(([name, schema]) => [name, orOne(schema as Schema)]),
  );

function orOne(schema: Schema): Schema {
  if (schema.type !== 'array') return schema;
  const { description, default: usual, ...list } = schema;
  const said = {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
  };
  return { ...said, anyOf: [list.items, list] };
}

const oneOrMore = (schema: unknown): Schema => ({
  anyOf: [schema, { type: 'array', items: schema, minItems: 1 }],
});

/** The options that an order may have whatever its product, and those of each product. */
function optionsBy(products: readonly Product[]): {
  common: Schema;
  own: readonly (readonly [string, Schema])[];
} {
  const all = products.map(({ name }, i) => [name, orderPropertiesOf(optionsInFiles(products[i]!))] as const);
  const first = all[0]?.[1] ?? {};
  const ofOrder = orderPropertiesOf(optionsInFiles({ ...products[0]!, options: {} }));
  const common = Object.fromEntries(Object.entries(first).filter(([key]) => Object.hasOwn(ofOrder, key)));
  const own = all.map(([name, properties]) => {
    const rest = Object.entries(properties).filter(([key]) => !Object.hasOwn(common, key));
    return [name, Object.fromEntries(rest)] as const;
  });
  return { common, own };
}

/**
 * The JSON Schema of order files (YAML, JSON, and each line of JSON Lines), made from the declarations of the options.
 * @param workspace with products of its own; the shipped ones where it is not given
 */
export function ordersSchema(workspace?: string): Schema {
  const products = listProducts(workspace);
  const { common, own } = optionsBy(products);
  const parts = propertiesOf(writtenOrder.shape);
  const properties = { ...parts, ...common };
  const byProduct = own.map(([name, options]) => ({
    if: { properties: { product: { const: name } }, required: ['product'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: options },
  }));
  const values = Object.fromEntries(
    Object.entries(properties).filter(([key]) => !['product', 'image', 'images', 'template'].includes(key)),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Orders of printcat',
    description: 'A file for printcat batch: one order, a list of orders, or orders, defaults and a matrix',
    anyOf: [
      { $ref: '#/$defs/order' },
      { type: 'array', items: { $ref: '#/$defs/order' } },
      {
        type: 'object',
        properties: {
          $schema: { type: 'string' },
          defaults: {
            description: 'What holds for every order that says nothing else',
            type: 'object',
            properties,
          },
          orders: { type: 'array', items: { $ref: '#/$defs/orderWithDefaults' } },
          matrix: {
            anyOf: [{ $ref: '#/$defs/matrix' }, { type: 'array', items: { $ref: '#/$defs/matrix' } }],
          },
        },
        anyOf: [{ required: ['orders'] }, { required: ['matrix'] }],
        additionalProperties: false,
      },
    ],
    $defs: {
      order: {
        $ref: '#/$defs/orderWithDefaults',
        required: ['product'],
        oneOf: [{ required: ['image'] }, { required: ['images'] }],
      },
      orderWithDefaults: {
        description: 'What to make, of which picture, and options of printcat make, written as bleedFill',
        type: 'object',
        properties,
        allOf: byProduct,
      },
      matrix: {
        description: 'Pictures × products × templates; a list of values for an option is one more axis',
        type: 'object',
        properties: {
          [AXES[0]]: {
            anyOf: [
              { const: 'all', description: 'All released ones' },
              { type: 'array', items: { type: 'string' }, description: 'IDs' },
              z.toJSONSchema(imageQuery, { io: 'input' }),
            ],
          },
          [AXES[1]]: oneOrMore({ type: 'string', description: 'What to make' }),
          [AXES[2]]: oneOrMore({
            type: 'string',
            description: 'Templates; each for the products that it lays out',
          }),
          ...Object.fromEntries(
            Object.entries(values).map(([key, schema]) => [
              key,
              key === 'fields' ? schema : oneOrMore(schema),
            ]),
          ),
        },
        required: ['products'],
      },
    },
  };
}

/** The published JSON Schema, as it stands in assets/schemas/orders.schema.json. */
export const jsonSchema = (): string => `${JSON.stringify(ordersSchema(), null, 2)}\n`;
