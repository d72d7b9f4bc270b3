import { readFileSync } from 'node:fs';

/** What of this machine decides how a browser can come onto it. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** `x64`, `arm64`, … as Node names them. */
  readonly arch: string;
  readonly root: boolean;
  /** The distribution and those it descends from, e.g. `['ubuntu', 'debian']`; empty where not on Linux. */
  readonly distribution: readonly string[];
}

/** `apt`: Debian's package; `download`: Chrome's own build; `null`: only the user can do it. */
export type Route = 'apt' | 'download' | null;

/** The machine that runs this. */
export const thisSystem = (): System => ({
  platform: process.platform,
  arch: process.arch,
  root: process.getuid?.() === 0,
  distribution: process.platform === 'linux' ? distributionOf(readOsRelease()) : [],
});

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

/** The names in `ID` and `ID_LIKE` of an os-release file (freedesktop.org, os-release(5)). */
export function distributionOf(osRelease: string): string[] {
  const field = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1] ?? '';
  return `${field('ID')} ${field('ID_LIKE')}`.split(/\s+/).filter(Boolean);
}

/**
 * How a browser can be had here. Ubuntu's chromium package only points to a snap, which no container can run;
 * Chrome's builds need glibc (not Alpine's musl), and there is none of this build for Linux on ARM.
 */
export function installRoute({ platform, arch, root, distribution }: System): Route {
  if (platform !== 'linux') return platform === 'darwin' || platform === 'win32' ? 'download' : null;
  if (root && distribution.includes('debian') && !distribution.includes('ubuntu')) return 'apt';
  return arch === 'x64' && !distribution.includes('alpine') ? 'download' : null;
}

/** What a user types to install a browser, by distribution; the first that fits counts. */
const BY_HAND = [
  ['ubuntu', 'sudo snap install chromium'],
  ['debian', 'sudo apt-get install chromium'],
  ['fedora', 'sudo dnf install chromium'],
  ['arch', 'sudo pacman -S chromium'],
  ['alpine', 'sudo apk add chromium'],
  ['darwin', 'brew install --cask google-chrome'],
  ['win32', 'winget install Google.Chrome'],
] as const;

/** One sentence that says how to get a browser by hand. */
export function byHand({ platform, distribution }: System): string {
  const command = BY_HAND.find(([name]) => name === platform || distribution.includes(name))?.[1];
  const install = command ? `Install one (${command})` : 'Install one';
  return `${install} or name one in PRINTCAT_BROWSER=/path/to/it.`;
}
