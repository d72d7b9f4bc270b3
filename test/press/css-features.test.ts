import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { PrintcatError } from '../../src/errors.ts';
import { packagePath } from '../../src/paths.ts';
import {
  colouredSteps,
  hasTransparency,
  mutoolTrace,
  pdfFonts,
  pdfImages,
  qpdfCheck,
} from '../judges/index.ts';
import { judge } from '../judges/tool.ts';
import { openBrowser } from '../layout/sheets.ts';
import { thinned } from '../setup/thinned.ts';
import { type Difference, difference, drawnByGhostscript, PressEye } from './css/appearance.ts';
import { filledIn, PPI, Workbench } from './css/harness.ts';
import { MORE } from './css/more-features.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/samples/css-features.json', import.meta.url));
const sample: Record<string, string> = existsSync(SAMPLE) ? JSON.parse(readFileSync(SAMPLE, 'utf8')) : {};
if (Object.keys(sample).length === 0)
  console.warn(`${SAMPLE} is absent: only the snippets of test/press/css are pressed`);

const ALL: Readonly<Record<string, string>> = { ...sample, ...MORE };
/** They take minutes: `npm run test:long` presses them all, the usual run every twentieth. */
const CHOSEN =
  process.env.PRINTCAT_CSS_TABLE === undefined ? thinned(Object.keys(ALL), 26) : Object.keys(ALL);

/**
 * ΔE2000 within which a page looks the same. What is painted over opaquely is held to the first: a mean of 2 is
 * seen by comparing closely at best (ISO 12647-2 allows 5 between a solid and its print), and one pixel in a hundred
 * may be an edge. Where colours mix through opacity, masks or blend modes they mix as inks in the press file and as
 * light on the screen: no inks are right over every ground, and the second holds. Type and lines are all edge.
 */
const TOLERANCE = { mean: 2, p99: 9 };
const MIXED = { mean: 3.5, p99: 11 };
const FINE = { mean: 4, p99: 16 };
/** Of the page: below it there is nothing on it but type and lines. */
const FINE_SHARE = 0.06;

/** The snippets that are refused; every other one must be right. */
const REFUSED = new Set(
  `
   bg_fixed_attach filter_gray filter_blur filter_brightness dropshadow svg_pattern smooth_small vert
   ruby emoji canvas backdrop svgfilter borderimg input iframe blend_screen blend_overlay blend_darken
   blend_lighten blend_color_dodge blend_color_burn blend_hard_light blend_difference blend_exclusion
   blend_saturation blend_luminosity blend_plus_lighter background_blend grad_oklch checkerboard
   grad_sized_repeat grad_repeat_space bg_repeat_space bg_coarse image_set img_coarse_jpg img_coarse_png
   img_coarse_by_transform svg_image_coarse slot_reflect filter_sepia filter_invert filter_opacity
   filter_saturate filter_contrast filter_hue_rotate mask_composite mask_vector svg_filter_shadow
   rotate_3d preserve_3d svg_pattern_vector svg_pattern_rotated icon_font decoration_wavy list_marker
   mask_subtract mask_exclude grad_oklab grad_p3 rad_hue bg_repeat_mixed image_set_type cross_fade
   cross_fade_content cross_fade_marker font_pixels font_pixels_coarse
   perspective_nested
   progress meter select textarea checkbox range video object embed marquee animation mathml
   svg_tile grad_longer_hue object_view_box page_margin page_turned page_margin_box
`
    .trim()
    .split(/\s+/),
);

const MIXED_INKS = 'inks that lie over inks thin out otherwise than light does';
/** Where the differences that remain come from: those that are largest, looked at one by one. */
const NOTES: Readonly<Record<string, string>> = {
  nested_opacity_blend: 'multiplied inks stay purer in a group, the green comes out greyer',
  font_colour_faded:
    'a group of drawn glyphs is laid down at one opacity for all its colours; the red is a little paler',
  grad_layers: `${MIXED_INKS}: a white glow over blue turns towards violet`,
  inset_shadow: 'black ink through a mask covers the cream, so the shadow is a cooler grey',
  shadow_coloured:
    'the halo of a red is its two inks thinned alike, which is more orange than pale red light',
  clip_faded: `${MIXED_INKS}: yellow over blue, both in a faded group, is less green`,
  blend_hue: 'the mode is defined on light; on inks darks keep more contrast',
  blend_color: 'the mode is defined on light; on inks darks keep more contrast',
  blend_soft_light: 'the mode is defined on light; on inks it is paler in the darks',
  link: 'edges of small type, which Ghostscript draws without smoothing',
  small_caps: 'edges of small type, which Ghostscript draws without smoothing',
};

type Outcome =
  | {
      readonly kind: 'right';
      readonly found: Difference;
      readonly trace: string;
      readonly pdf: string;
      readonly printed: string;
      /** Whether the layout finds something see-through, its slots counted in. */
      readonly saidSeeThrough: boolean;
    }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string | undefined };

let browser: Browser;
let screens: Browser;
let bench: Workbench;
let eye: PressEye;
const outcomes = new Map<string, Promise<Outcome>>();
/** Drawing takes a processor each. */
const limit = pLimit(3);

beforeAll(async () => {
  [browser, screens] = await Promise.all([openBrowser(), openBrowser()]);
  bench = await Workbench.open(browser, screens, await PressColours.open('FOGRA39'));
  eye = await PressEye.open(packagePath('assets', 'icc', 'FOGRA39L.icc'));
});

afterAll(async () => {
  const file = process.env.PRINTCAT_CSS_TABLE;
  if (file) await writeTable(file);
  await Promise.allSettled(outcomes.values());
  await bench?.remove();
  await Promise.all([browser?.close(), screens?.close()]);
}, 600_000);

/** What a snippet becomes, found out once. */
function outcomeOf(name: string): Promise<Outcome> {
  const known = outcomes.get(name) ?? limit(() => pressed(name, ALL[name]!));
  outcomes.set(name, known);
  return known;
}

async function pressed(name: string, snippet: string): Promise<Outcome> {
  try {
    const { printed, file, seeThrough, screen } = await bench.press(filledIn(snippet));
    const saidSeeThrough = seeThrough.length > 0 || snippet.includes('<img src={{cutout_png}}');
    const [pdf, rgb] = [join(bench.folder, `${name}.pdf`), join(bench.folder, `${name}.rgb.pdf`)];
    await writeFile(pdf, file.pdf);
    await writeFile(rgb, printed);
    const found = difference(eye.screen(screen), eye.inks(await drawnByGhostscript(pdf)));
    return { kind: 'right', found, trace: await mutoolTrace(pdf), pdf, printed: rgb, saidSeeThrough };
  } catch (error) {
    if (error instanceof PrintcatError) return { kind: 'refused', message: error.message, hint: error.hint };
    throw error;
  }
}

/** Whether something on the page is not simply painted over what is below it. */
const mixes = (trace: string): boolean =>
  /<clip_(?:mask|image_mask)|\salpha="(?!1")|\sblendmode="(?!Normal")/.test(trace);

function toleranceFor({ found, trace }: Extract<Outcome, { kind: 'right' }>) {
  if (found.painted < FINE_SHARE) return FINE;
  return mixes(trace) ? MIXED : TOLERANCE;
}

describe.concurrent('is right, or is refused by name', () => {
  test.each(CHOSEN)(
    '%s',
    async (name) => {
      const outcome = await outcomeOf(name);
      if (outcome.kind === 'refused') {
        expect(outcome.hint, outcome.message).toBeTruthy();
        expect(outcome.message).not.toMatch(/please report/);
        return;
      }
      expect([...REFUSED]).not.toContain(name);
      const { found, trace, pdf, printed } = outcome;
      const tolerance = toleranceFor(outcome);
      expect(found.painted, 'nothing is painted').toBeGreaterThan(0);
      expect(found.mean, 'mean').toBeLessThanOrEqual(tolerance.mean);
      expect(found.p99, '99th percentile').toBeLessThanOrEqual(tolerance.p99);
      const spaces = new Set(colouredSteps(trace).map((step) => step.colorspace));
      expect([...spaces].filter((space) => /rgb|lab|icc/i.test(space ?? ''))).toEqual([]);
      for (const image of await pdfImages(pdf)) {
        if (image.type !== 'image') continue;
        expect(['cmyk', 'gray']).toContain(image.color);
        expect(Math.min(image.xPpi, image.yPpi), 'ppi').toBeGreaterThanOrEqual(PPI * 0.98);
      }
      // Type stays type: what the browser's own PDF says is what the press file says.
      const text = await judge('pdftotext', pdf, '-');
      expect(text).toBe(await judge('pdftotext', printed, '-'));
      for (const font of await pdfFonts(pdf)) expect(font.embedded, font.name).toBe(true);
      expect(await qpdfCheck(pdf)).toMatchObject({ ok: true });
      // What PDF/X-1a refuses by its element is what lets something show through in the file.
      expect(outcome.saidSeeThrough, 'see-through').toBe(await hasTransparency(pdf));
    },
    600_000,
  );
});

describe('what is refused says which element it is', () => {
  const said: [name: string, message: RegExp][] = [
    ['img_coarse_jpg', /^img\.hero\.big \(small\.jpg\) at 2, 1 mm is printed at 96 ppi \(200 × 200 px/],
    ['bg_coarse', /^div \(small\.jpg\) at .* 96 ppi/],
    ['decoration_wavy', /p "Wavy line" has text-decoration-style: wavy/],
    ['svg_pattern_vector', /rect has fill: url\(#p\)/],
    ['filter_sepia', /div has filter: sepia\(1\)/],
    ['input', /input is a <input>/],
    ['cross_fade', /div has background-image: .*paler/],
    ['font_pixels', /draws its glyphs as pixels/],
    ['page_turned', /its style sheet has @page \{ page-orientation: rotate-left; \}/],
  ];
  test.each(said.filter(([name]) => name in ALL))(
    '%s',
    async (name, message) => {
      expect(await outcomeOf(name)).toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(message),
      });
    },
    600_000,
  );
});

test.each([
  ['a colour that is a little off', ['background:#06c', 'background:#07b']],
  [
    'a gradient that runs the other way',
    ['background:linear-gradient(#e00,#b00)', 'background:linear-gradient(#b00,#e00)'],
  ],
  ['a hairline that is missing', ['background:#fed;border-top:.3pt solid #000', 'background:#fed']],
  ['a box that is a millimetre aside', ['background:#06c', 'background:#06c;margin-left:1mm']],
])(
  'the comparison sees %s',
  async (_, styles) => {
    const [one, two] = styles.map((style) => `<div style="width:200px;height:20px;${style}"></div>`);
    const pdf = join(bench.folder, 'compared.pdf');
    await writeFile(pdf, (await bench.press(one!)).file.pdf);
    const inks = eye.inks(await drawnByGhostscript(pdf));
    const { mean, p99 } = difference(eye.screen((await bench.press(two!)).screen), inks);
    expect(mean > TOLERANCE.mean || p99 > TOLERANCE.p99).toBe(true);
  },
  600_000,
);

/** The outcomes as a Markdown table, for the eye. */
async function writeTable(file: string): Promise<void> {
  const rows = await Promise.all(
    [...outcomes].map(async ([name, promise]) => {
      const outcome = await promise.catch((error: unknown) => error as Error);
      if (outcome instanceof Error) return [name, 'failed', outcome.message.split('\n')[0]!];
      if (outcome.kind === 'refused') return [name, 'refused', `${outcome.message}. ${outcome.hint}`];
      const { mean, p99 } = outcome.found;
      const kind = { [TOLERANCE.mean]: '', [MIXED.mean]: ' (mixes)', [FINE.mean]: ' (fine)' }[
        toleranceFor(outcome).mean
      ];
      const note = NOTES[name] ? `; ${NOTES[name]}` : '';
      return [name, `right${kind}`, `ΔE2000 mean ${mean.toFixed(2)}, 99 % ${p99.toFixed(1)}${note}`];
    }),
  );
  const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
  await mkdir(dirname(file), { recursive: true });
  const lines = rows.map((row) => `| ${row.map((text) => cell(text!)).join(' | ')} |`);
  await writeFile(file, ['| Snippet | Outcome | |', '|---|---|---|', ...lines, ''].join('\n'));
}
