import type { Catalogue } from '../catalogue/catalogue.ts';
import { fieldsOf, listTemplates, type Template } from '../layout/template.ts';
import type { Workshop } from '../make/workshop.ts';
import { optionFacts } from '../option-facts.ts';
import { orderOptions } from '../order/order-options.ts';
import { sampleOrders } from '../order/sample.ts';
import { listProducts } from '../products/index.ts';
import { sizesOf } from '../products/parameters.ts';
import { readPrinter } from '../products/printer.ts';
import type { Product } from '../products/product.ts';
import { sizeMm } from '../products/sizes.ts';
import { formatMm } from '../units.ts';
import type { Choices, ListedProduct, ListedTemplate, Suggestion, WrittenOrder } from './protocol.ts';

/** Options of an order that the page has no use for: it shows fields as a form, and gives no paths. */
const NOT_SHOWN = ['template', 'set'];

/** Everything that can be chosen in a workspace, from the declarations. */
export async function choicesOf(
  { workspace, templateDirs, catalogue }: Workshop & { readonly catalogue: Catalogue },
  order: WrittenOrder | null,
): Promise<Choices> {
  const products = listProducts(workspace);
  const templates = await listTemplates(templateDirs);
  const own = Object.entries(optionFacts(orderOptions)).filter(([name]) => !NOT_SHOWN.includes(name));
  const options = Object.fromEntries(own);
  return {
    products: products.map((product) => listedProduct(product, workspace)),
    templates: await Promise.all(templates.map(listedTemplate)),
    tags: catalogue.tags().map(({ tag }) => tag),
    ...{ options, order },
  };
}

function listedProduct(product: Product, workspace: string | undefined): ListedProduct {
  const { name, title, description, group, pictures, declaration } = product;
  const options = optionFacts(product.options);
  const suggestions: Record<string, Suggestion[]> = {};
  for (const [parameter, own] of Object.entries(declaration.parameters)) {
    if (own.kind !== 'size') continue;
    suggestions[parameter] = sizesOf(own).map((named) => {
      const { width, height } = sizeMm(named.size);
      // Some are called by their measure.
      const isSaid = / mm\b/.test(named.title);
      const measure = isSaid ? '' : `, ${formatMm(width)} × ${formatMm(height)}`;
      return { value: named.name, title: named.title + measure };
    });
  }
  const printers = options.printer?.enum ?? [];
  suggestions.printer = printers.map((printer) => ({
    ...{ value: printer, title: readPrinter(printer, workspace).title },
  }));
  if (options.paper) {
    suggestions.paper = printers.flatMap((printer) =>
      readPrinter(printer, workspace).papers.map((paper) => ({
        ...{ value: paper.name, title: paper.title, printer },
      })),
    );
  }
  return { name, title, description, group, pictures, options, suggestions, example: declaration.example };
}

async function listedTemplate(template: Template): Promise<ListedTemplate> {
  const { name, title, description, products, language, translations, binding } = template;
  const samples = await sampleOrders(template).catch(() => []);
  return {
    ...{ name, title, description, products, language, translations, binding },
    fields: fieldsOf(template).map((field) => ({
      ...field,
      choices: choicesIn(template.fields.properties[field.name]!),
    })),
    samples: Object.fromEntries(
      products.map((product) => [
        product,
        (samples.find((sample) => sample.product === product) ?? samples[0])?.fields ?? {},
      ]),
    ),
  };
}

/** The values that a field's schema lists. */
function choicesIn(schema: Readonly<Record<string, unknown>>): string[] | null {
  const { enum: values } = schema;
  return Array.isArray(values) ? values.map(String) : null;
}
