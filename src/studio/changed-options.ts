import { optionFacts } from '../option-facts.ts';
import { orderOptions } from '../order/order-options.ts';
import { findProduct } from '../products/index.ts';
import { focalText } from './written-order.ts';

/**
 * The options of an order that are not as usual, as files write them.
 * @param options as the command line read them
 * @throws PrintcatError for an unknown product
 */
export function changedOptions(
  options: Readonly<Record<string, unknown>>,
  product: string,
  workspace: string,
): Record<string, unknown> {
  const facts = optionFacts({ ...orderOptions, ...findProduct(product, workspace).options });
  const written = Object.entries(options).map(([name, value]) => [
    name,
    name === 'focal' && value ? focalText(value as { x: number; y: number }) : value,
  ]);
  return Object.fromEntries(
    written.filter(([name, value]) => {
      const usual = facts[name as string]?.default;
      return value !== undefined && JSON.stringify(value) !== JSON.stringify(usual);
    }),
  );
}
