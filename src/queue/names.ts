import { VERSION } from '../version.ts';

/** Before all keys of ours in Redis. */
export const PREFIX = 'printcat';

/** Each version of the program has a queue of its own: none makes another's orders. */
export const QUEUE = `orders-${VERSION}`;

/** How often an order is given to another worker because the one who made it died. */
export const DEATHS = 3;

/** Answers that nobody fetched, and orders that killed their workers, are forgotten after a week, s. */
export const FORGOTTEN_AFTER = 7 * 24 * 3600;
