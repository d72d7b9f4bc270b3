import { spawn } from 'node:child_process';

/** The program of each system that opens an address with what the user has chosen for it. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [program: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
};

/** Opens an address in the user's browser; where that fails, the address stands on the terminal. */
export function openInBrowser(url: string, env: NodeJS.ProcessEnv): void {
  const [program, ...args] = OPENERS[process.platform] ?? [];
  if (!program) return;
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore', env });
  child.on('error', () => undefined);
  child.unref();
}
