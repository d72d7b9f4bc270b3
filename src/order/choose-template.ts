import { PrintcatError } from '../errors.ts';
import { fieldsOf, findTemplate, listTemplates, type Template } from '../layout/template.ts';
import { fittingTemplate, isAllSaid } from './fitting-template.ts';
import type { Order } from './order.ts';

/**
 * The template of an order: the one it names, else the one that fits it: the product, the direction of the binding, and
 * the fields that the order gives.
 * @param folders the user's own templates
 * @throws PrintcatError where the template does not lay this product out, or there is none
 */
export async function chooseTemplate(order: Order, folders: readonly string[]): Promise<Template> {
  const { product, template: named, options, fields } = order;
  if (named !== undefined) {
    const template = await findTemplate(named, folders);
    if (template.products.includes(product)) return template;
    throw new PrintcatError(
      `Expected a template for ${product} but ${template.name} is for ${template.products.join(', ')}`,
      { hint: 'printcat templates lists what there is.' },
    );
  }
  const template = fittingTemplate(await listTemplates(folders), product, options.binding, (candidate) =>
    isAllSaid(fieldsOf(candidate), fields),
  );
  if (template) return template;
  throw new PrintcatError(`There is no template for ${product}`, {
    hint: 'printcat templates lists what there is.',
  });
}
