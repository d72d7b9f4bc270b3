import { PrintcatError } from '../errors.ts';
import type { Declaration } from './declaration.ts';
import { numberOf, type Scope } from './expression.ts';
import type { PrinterPreset } from './printer.ts';
import { formatOrigin, formatSourced } from './sourced.ts';

/** What lengths may fall short by for reasons of arithmetic, mm or mm². */
const ROUNDING = 0.005;

/**
 * Holds an order against what its printer's machines can do.
 * @throws PrintcatError with the number, and who says so
 */
export function requireChecks(checks: Declaration['checks'], scope: Scope, printer: PrinterPreset): void {
  for (const { what, value, atLeast, when } of checks) {
    if (when && !when.evaluate(scope)) continue;
    // Read through the scope, so that it counts among the numbers that decided about the order.
    const least = scope[atLeast];
    const limit = printer.numbers[atLeast];
    if (typeof least !== 'number' || !limit) {
      throw new PrintcatError(`Expected ${atLeast} among the numbers of the product or the printer`);
    }
    const found = numberOf(value, scope);
    if (found >= least - ROUNDING) continue;
    const unit = limit.unit === 'in' ? 'mm' : limit.unit;
    throw new PrintcatError(
      `Expected ${what} of at least ${formatSourced(limit)} for ${printer.title} but it is ${Number(found.toFixed(2))} ${unit}`,
      { hint: `${formatOrigin(limit)}; --override numbers.${atLeast}=… replaces it.` },
    );
  }
}
