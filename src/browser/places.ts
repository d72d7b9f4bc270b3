import { posix, win32 } from 'node:path';

/** Names under which a Chromium-based browser is on the PATH, the likeliest to be current first. */
export const BROWSER_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
] as const;

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];
/** Where Windows keeps programs: for all users (64 and 32 bit) and for this one. */
const WINDOWS_FOLDERS = ['ProgramFiles', 'ProgramW6432', 'ProgramFiles(x86)', 'LOCALAPPDATA'];

const MAC_PROGRAMS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

/** Snap comes last: it shows the browser neither /tmp nor hidden folders. Flatpak's cannot be driven at all. */
const LINUX_PLACES = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/usr/lib/chromium-browser/chromium-browser',
  '/opt/microsoft/msedge/msedge',
  '/snap/bin/chromium',
];

/**
 * The places where installers put Chrome, Chromium and Edge, in that order.
 * @param env where Windows' program folders and the home folder are read from
 */
export function installPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') {
    const folders = WINDOWS_FOLDERS.flatMap((name) => env[name] ?? []);
    const places = WINDOWS_PROGRAMS.flatMap((program) =>
      folders.map((folder) => win32.join(folder, program)),
    );
    return [...new Set(places)];
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
    return MAC_PROGRAMS.flatMap((name) =>
      folders.map((folder) => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  return [...LINUX_PLACES];
}
