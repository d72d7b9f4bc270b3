import { describe, expect, it } from 'vitest';
import { byHand, distributionOf, installRoute, type System } from '../../src/browser/system.ts';

const linux: System = { platform: 'linux', arch: 'x64', root: false, distribution: ['debian'] };

describe('distributionOf', () => {
  it('reads quoted and plain fields', () => {
    const mint = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="22"\n';
    expect(distributionOf(mint)).toEqual(['linuxmint', 'ubuntu', 'debian']);
    expect(distributionOf('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n')).toEqual(['debian']);
    expect(distributionOf('')).toEqual([]);
  });
});

describe('installRoute', () => {
  it.each<[string, Partial<System>, ReturnType<typeof installRoute>]>([
    ['Debian as root', { root: true }, 'apt'],
    ['Debian as root on ARM', { root: true, arch: 'arm64' }, 'apt'],
    ['Debian as a user', {}, 'download'],
    [
      'Ubuntu as root, whose chromium is a snap',
      { root: true, distribution: ['ubuntu', 'debian'] },
      'download',
    ],
    ['Fedora', { distribution: ['fedora'] }, 'download'],
    ['Alpine, which has no glibc', { distribution: ['alpine'], root: true }, null],
    ['Debian as a user on ARM, which Chrome has no build for', { arch: 'arm64' }, null],
    ['macOS on ARM', { platform: 'darwin', arch: 'arm64', distribution: [] }, 'download'],
    ['Windows', { platform: 'win32', distribution: [] }, 'download'],
    ['FreeBSD', { platform: 'freebsd', distribution: [] }, null],
  ])('%s', (_, difference, route) => {
    expect(installRoute({ ...linux, ...difference })).toBe(route);
  });
});

describe('byHand', () => {
  it('names the command of the nearest distribution', () => {
    expect(byHand({ ...linux, distribution: ['linuxmint', 'ubuntu', 'debian'] })).toContain('snap install');
    expect(byHand(linux)).toContain('sudo apt-get install chromium');
    expect(byHand({ ...linux, platform: 'darwin', distribution: [] })).toContain('brew');
    expect(byHand({ ...linux, distribution: ['slackware'] })).toBe(
      'Install one or name one in PRINTCAT_BROWSER=/path/to/it.',
    );
  });
});
