import { describe, expect, it } from 'vitest';
import { installPlaces } from '../../src/browser/places.ts';
import { pathCandidates } from '../../src/tools/path.ts';

describe('installPlaces', () => {
  it('on Windows looks in each program folder, for Chrome before Edge, and in none twice', () => {
    const env = {
      ProgramFiles: 'C:\\Program Files',
      ProgramW6432: 'C:\\Program Files',
      'ProgramFiles(x86)': 'C:\\Program Files (x86)',
      LOCALAPPDATA: 'C:\\Users\\u\\AppData\\Local',
    };
    expect(installPlaces('win32', env)).toEqual([
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Users\\u\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files\\Chromium\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Chromium\\Application\\chrome.exe',
      'C:\\Users\\u\\AppData\\Local\\Chromium\\Application\\chrome.exe',
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
      'C:\\Users\\u\\AppData\\Local\\Microsoft\\Edge\\Application\\msedge.exe',
    ]);
  });

  it('on macOS looks in the applications of all users and of this one', () => {
    expect(installPlaces('darwin', { HOME: '/Users/u' })).toEqual([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Users/u/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Users/u/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      '/Users/u/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]);
  });

  it('on Linux knows /opt, leaves snap for last and flatpak out', () => {
    const places = installPlaces('linux', {});
    expect(places[0]).toBe('/opt/google/chrome/chrome');
    expect(places.at(-1)).toBe('/snap/bin/chromium');
    expect(places.join()).not.toContain('flatpak');
  });
});

describe('pathCandidates', () => {
  it('follows the platform’s way to write a PATH', () => {
    expect(pathCandidates('gs', { PATH: '/usr/bin:/bin::' }, 'linux')).toEqual(['/usr/bin/gs', '/bin/gs']);
    expect(pathCandidates('gs', { Path: 'C:\\gs;D:\\bin' }, 'win32')).toEqual([
      'C:\\gs\\gs.exe',
      'D:\\bin\\gs.exe',
    ]);
  });
});
