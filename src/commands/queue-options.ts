import * as z from 'zod';
import { PrintcatError } from '../errors.ts';
import { option } from './command.ts';

/** Where many machines meet, the same for those who send orders and those who make them. */
export const queueOptions = {
  queue: option(z.string().optional(), {
    description: 'Redis, through which orders go to `printcat worker` on any number of machines',
    placeholder: 'redis://…',
  }),
  store: option(z.string().optional(), {
    description:
      'Beside --queue: what pictures and files travel through, a folder that all machines see or a bucket',
    placeholder: 'dir|s3://bucket/prefix',
  }),
};

/** The error for one of `--queue` and `--store` without the other. */
export const bothNeeded = (what: string): PrintcatError =>
  new PrintcatError(`Expected --queue and --store for ${what}: where orders go through, and where files do`, {
    hint: 'For example --queue redis://127.0.0.1:6379 --store /mnt/share/printcat.',
  });
