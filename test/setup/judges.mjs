#!/usr/bin/env node
// Installs the independent programs that the tests let judge the PDFs, and a browser, where they are missing.
// Plain JavaScript on purpose: it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import envPaths from 'env-paths';

/**
 * Each program with its package in Debian and in Homebrew. One that `judges` a single thing is not needed: the tests
 * of that thing are skipped where it cannot be had.
 */
const JUDGES = [
  { program: 'gs', apt: 'ghostscript', brew: 'ghostscript' },
  { program: 'pdfinfo', apt: 'poppler-utils', brew: 'poppler' },
  { program: 'pdfimages', apt: 'poppler-utils', brew: 'poppler' },
  { program: 'pdffonts', apt: 'poppler-utils', brew: 'poppler' },
  { program: 'pdftoppm', apt: 'poppler-utils', brew: 'poppler' },
  { program: 'qpdf', apt: 'qpdf', brew: 'qpdf' },
  { program: 'mutool', apt: 'mupdf-tools', brew: 'mupdf-tools' },
  { program: 'transicc', apt: 'liblcms2-utils', brew: 'little-cms2' },
  { program: 'zbarimg', apt: 'zbar-tools', brew: 'zbar', judges: 'the QR codes' },
  { program: 'identify', apt: 'imagemagick', brew: 'imagemagick', judges: 'goods that are PNGs' },
  { program: 'unzip', apt: 'unzip', brew: 'unzip', judges: 'the packages' },
  { program: 'xmllint', apt: 'libxml2-utils', brew: 'libxml2', judges: 'the job tickets' },
  { program: 'redis-server', apt: 'redis-server', brew: 'redis', judges: 'the queue' },
];
const BROWSERS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge'];
const MAC_BROWSER = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
/** Where `printcat setup` and `printcat make` keep the browser that they fetch themselves. */
const OWN_BROWSER = join(
  process.env.PRINTCAT_CACHE || envPaths('printcat', { suffix: '' }).cache,
  'browsers',
  'chrome-headless-shell',
);

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const onPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => folder && isProgram(join(folder, name)));

const hasBrowser = () =>
  Boolean(process.env.PRINTCAT_BROWSER) ||
  BROWSERS.some(onPath) ||
  isProgram(MAC_BROWSER) ||
  existsSync(OWN_BROWSER);

const absent = () => JUDGES.filter(({ program }) => !onPath(program));

/** The packages of a package manager that would bring what is missing. */
function missing(manager, judges = absent()) {
  const packages = judges.map((judge) => judge[manager]);
  if (!hasBrowser()) packages.push(manager === 'brew' ? '--cask google-chrome' : 'chromium');
  return [...new Set(packages)];
}

function apt(...args) {
  console.error(`apt-get ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', args, { env, encoding: 'utf8' });
  if (status !== 0) console.error(`${stdout ?? ''}${stderr ?? ''}`.trim());
  return status === 0;
}

if (missing('apt').length > 0 && process.getuid?.() === 0 && onPath('apt-get')) {
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing('apt'));
}

for (const { program, judges } of absent()) {
  if (judges) console.error(`Without ${program} nobody judges ${judges}: their tests are skipped.`);
}
const needed = absent().filter(({ judges }) => !judges);
const packages = missing('apt', needed);
if (packages.length > 0) {
  console.error('The tests need programs that are not here. Install them with');
  if (process.platform === 'darwin') {
    for (const name of missing('brew', needed)) console.error(`  brew install ${name}`);
  } else {
    console.error(`  sudo apt-get install --no-install-recommends ${packages.join(' ')}`);
  }
  process.exitCode = 1;
}
