/** What a template says of itself to be chosen; the studio's page chooses by the same rule. */
interface Candidate {
  readonly products: readonly string[];
  readonly binding?: 'left' | 'right' | undefined;
}

/**
 * The template of an order that names none: of those that lay its product out and read in the direction of the binding
 * (left where none is asked for), else of all that lay it out, the first with which the order is complete, else the first.
 * @param isComplete whether the order says all that a template asks for
 */
export function fittingTemplate<T extends Candidate>(
  templates: readonly T[],
  product: string,
  binding: unknown = 'left',
  isComplete: (template: T) => boolean = () => true,
): T | undefined {
  const fitting = templates.filter((candidate) => candidate.products.includes(product));
  const reading = fitting.filter((candidate) => (candidate.binding ?? 'left') === binding);
  const those = reading.length > 0 ? reading : fitting;
  return those.find(isComplete) ?? those[0];
}

/** Whether all that has to be said is. */
export const isAllSaid = (
  asked: readonly { readonly name: string; readonly required: boolean }[],
  fields: Readonly<Record<string, string>>,
): boolean => asked.every(({ name, required }) => !required || fields[name]?.trim());
