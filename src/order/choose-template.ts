import { PrintcatError } from '../errors.ts';
import { findTemplate, listTemplates, type Template } from '../layout/template.ts';
import { fittingTemplate } from './fitting-template.ts';
import type { Order } from './order.ts';

/**
 * The template of an order: the one it names, else the first that lays the product out and reads in the
 * direction of the binding that is asked for (left where none is).
 * @param folders the user's own templates
 * @throws PrintcatError where the template does not lay this product out, or there is none
 */
export async function chooseTemplate(order: Order, folders: readonly string[]): Promise<Template> {
  const { product, template: named, options } = order;
  if (named !== undefined) {
    const template = await findTemplate(named, folders);
    if (template.products.includes(product)) return template;
    throw new PrintcatError(
      `Expected a template for ${product} but ${template.name} is for ${template.products.join(', ')}`,
      { hint: 'printcat templates lists what there is.' },
    );
  }
  const template = fittingTemplate(await listTemplates(folders), product, options.binding);
  if (template) return template;
  throw new PrintcatError(`There is no template for ${product}`, {
    hint: 'printcat templates lists what there is.',
  });
}
