import type { Order } from '../order/order.ts';
import type { ProofLook } from '../preview/proof.ts';
import type { Place } from './written.ts';

/** One order of a run with all that a worker must know of it: plain JSON. */
export interface Job {
  /** Equal keys, equal files: the `filesKey` of its manifest. */
  readonly key: string;
  readonly idempotencyKey: string;
  readonly order: Order;
  readonly look: ProofLook;
  /** Name of its files without endings, unique within its folder. */
  readonly name: string;
  /** Its folder below the run's, with `/`. */
  readonly folder: string;
  /** Content hashes of the originals that it needs, by ID. */
  readonly pictures: Readonly<Record<string, string>>;
  /** Its template's name; a hash of what is in its folder is in the key. */
  readonly template: string;
  readonly place: Place;
}

/** What became of a job; `manifest` is the file's name in the job's folder. */
export type Outcome = { readonly job: Job } & (
  | {
      readonly state: 'made';
      readonly manifest: string;
      /** What it took with others beside it. */
      readonly ms: number;
      readonly bytes: number;
      readonly warnings: number;
    }
  /** Another run made it meanwhile. */
  | { readonly state: 'there'; readonly manifest: string }
  | ({ readonly state: 'failed' } & Failure)
);

/** Why an order could not be made. */
export interface Failure {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Whether it follows from what the order consists of: as long as that is the same, so is the failure. */
  readonly lasting: boolean;
}

export type Failed = Extract<Outcome, { readonly state: 'failed' }>;

/** What makes the jobs of a run: this process, or whoever takes them from a queue. */
export interface Runner {
  /**
   * Makes jobs, in any order, several at a time.
   * @param onOutcome told of each job once; where it answers `false`, no further ones are begun
   * @throws PrintcatError where nothing more can be made: stopped, a full disk
   */
  run(jobs: readonly Job[], onOutcome: (outcome: Outcome) => boolean): Promise<void>;
}
