import { PrintcatError } from '../errors.ts';
import type { Box } from '../units.ts';

/** Where something stands on the pages of a product. */
export interface Place {
  /** From 0. */
  readonly page: number;
  /** mm from the trim's top left corner. */
  readonly box: Box;
}

/** Text that does not fit, or stands where none may: with its place, so that it can be shown there. */
export class MisplacedText extends PrintcatError {
  readonly place: Place;

  constructor(message: string, hint: string, place: Place) {
    super(message, { hint });
    this.place = place;
  }
}
