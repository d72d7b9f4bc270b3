import { userInfo } from 'node:os';
import { readConfig } from './workspace.ts';

/**
 * Who imports and decides: `--as`, else PRINTCAT_USER, else the workspace's `user`, else the login name.
 * @param given `--as`
 */
export async function whoActs(workspace: string, env: NodeJS.ProcessEnv, given?: string): Promise<string> {
  const named = given ?? env.PRINTCAT_USER ?? (await readConfig(workspace)).user ?? env.USER ?? env.USERNAME;
  return named ?? loginName();
}

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that no name belongs to.
    return 'unknown';
  }
}
