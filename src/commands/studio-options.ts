import * as z from 'zod';
import { option, workspaceOption } from './command.ts';

/** Options of every command that opens the studio. */
export const studioOptions = {
  host: option(z.string().default('127.0.0.1'), {
    description:
      'Address to listen at: only this machine reaches the usual one; 0.0.0.0 lets the network in, by the token in the address',
    placeholder: 'address',
  }),
  port: option(z.int().min(0).max(65535).optional(), {
    description: 'Port to listen at (default: 4747 where it is free, else another)',
    placeholder: 'n',
  }),
  open: option(z.boolean().default(true), {
    description: 'Open the browser (--no-open only prints the address)',
  }),
  workspace: workspaceOption,
};
