/** What a template says of itself to be chosen; the studio's page chooses by the same rule. */
interface Candidate {
  readonly products: readonly string[];
  readonly binding?: 'left' | 'right' | undefined;
}

/**
 * The template of an order that names none: the first that lays its product out and reads in the direction of the
 * binding (left where none is asked for), else the first that lays it out.
 */
export function fittingTemplate<T extends Candidate>(
  templates: readonly T[],
  product: string,
  binding: unknown = 'left',
): T | undefined {
  const fitting = templates.filter((candidate) => candidate.products.includes(product));
  return fitting.find((candidate) => (candidate.binding ?? 'left') === binding) ?? fitting[0];
}
