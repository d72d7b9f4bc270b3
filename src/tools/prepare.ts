import type { Context } from '../commands/command.ts';

/** Makes this machine ready to make things: a browser, and the weights of the default upscaler. */
export async function prepareMachine({ env, signal, terminal }: Context): Promise<void> {
  const { ensureBrowser } = await import('../browser/install.ts');
  await ensureBrowser({ env, signal, terminal });
}
