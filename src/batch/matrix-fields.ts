import { fieldsOf, type Template } from '../layout/template.ts';
import { fittingTemplate, isAllSaid } from '../order/fitting-template.ts';
import { mapOf, textOf, type Written } from './written.ts';

/**
 * The fields of a matrix over several products or templates: each goes to the templates that have it, as no field is in
 * all of them.
 */
export class MatrixFields {
  readonly #templates: readonly (Template & { readonly own: ReturnType<typeof fieldsOf> })[];
  readonly #taken = new Set<string>();

  constructor(templates: readonly Template[]) {
    this.#templates = templates.map((template) => ({ ...template, own: fieldsOf(template) }));
  }

  /** An order of the matrix without the fields that its template does not have. */
  fitted(order: Written): Written {
    const parts = mapOf(order)!;
    const fields = parts.get('fields');
    const texts = fields && mapOf(fields);
    const template = texts && this.#templateOf(parts, texts);
    if (!template) return order;
    const kept = [...texts].filter(([name]) => template.own.some((field) => field.name === name));
    for (const [name] of kept) this.#taken.add(name);
    const value = new Map(parts).set('fields', { line: fields.line, value: new Map(kept) });
    return { line: order.line, value };
  }

  /** The fields of the matrix that no template has. */
  strangers(matrix: ReadonlyMap<string, Written>): { name: string; line: number }[] {
    const fields = matrix.get('fields');
    const texts = [...((fields && mapOf(fields)) ?? [])];
    return texts.flatMap(([name, { line }]) => (this.#taken.has(name) ? [] : [{ name, line }]));
  }

  #templateOf(parts: ReadonlyMap<string, Written>, texts: ReadonlyMap<string, Written>) {
    const said = (key: string) => {
      const written = parts.get(key);
      return (written && textOf(written)) ?? undefined;
    };
    const named = said('template');
    if (named !== undefined) return this.#templates.find(({ name }) => name === named);
    const given = Object.fromEntries([...texts].map(([name, text]) => [name, textOf(text) ?? '']));
    return fittingTemplate(this.#templates, said('product') ?? '', said('binding'), ({ own }) =>
      isAllSaid(own, given),
    );
  }
}
