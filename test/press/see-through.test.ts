import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PressColours } from '../../src/colour/press-colours.ts';
import { refuseSeeThrough } from '../../src/layout/see-through.ts';
import type { Template } from '../../src/layout/template.ts';
import { hasTransparency } from '../judges/index.ts';
import { openBrowser } from '../layout/sheets.ts';
import { filledIn, Workbench } from './css/harness.ts';

const box = (style: string, content = ''): string =>
  `<div style="width:200px;height:100px;${style}">${content}</div>`;
const svg = (content: string): string => `<svg width=200 height=100>${content}</svg>`;
const gradient = (stop: string): string =>
  `<linearGradient id=g><stop stop-color="#c00"/><stop offset=1 ${stop}/></linearGradient>`;

/** What lets something show through, with what the refusal says of it. */
const SEE_THROUGH: Record<string, readonly [snippet: string, said: string]> = {
  opacity: [box('background:#c00;opacity:.5'), 'div has opacity: 0.5'],
  'a class and an ID': ['<p id=veil class="a b" style="opacity:.25">x</p>', 'p#veil.a.b has opacity: 0.25'],
  'a text colour': ['<p style="color:#0005">Faint</p>', 'p "Faint" has color: rgba(0, 0, 0, 0.333)'],
  'text in no colour': ['<p style="color:transparent">Gone</p>', 'p "Gone" has color: rgba(0, 0, 0, 0)'],
  'a mixed colour': [
    box('background:color-mix(in srgb,#c00 50%,transparent)'),
    'div has background-color: color(srgb 0.8 0 0 / 0.5)',
  ],
  oklch: [box('background:oklch(60% .2 30 / .5)'), 'div has background-color: oklch(0.6 0.2 30 / 0.5)'],
  'a border': [box('border-left:3px solid #0005'), 'div has border-left-color: rgba(0, 0, 0, 0.333)'],
  'an outline': [box('outline:3px solid #0005'), 'div has outline-color'],
  'a column rule': [
    box('columns:2;column-rule:2px solid #0005', 'one two three four five six seven eight nine ten'),
    'has column-rule-color',
  ],
  'a line under text': [
    '<p style="text-decoration:underline #0005">t</p>',
    'p "t" has text-decoration-color',
  ],
  'emphasis marks': ['<p style="text-emphasis:dot #0005">t</p>', 'p "t" has text-emphasis-color'],
  'a blurred shadow': [box('background:#fc0;box-shadow:4px 4px 6px #a00'), 'div has box-shadow: rgb(170'],
  'a shadow with alpha': [box('background:#fc0;box-shadow:4px 4px 0 #a008'), 'div has box-shadow: rgba('],
  "text's shadow": [
    '<div style="text-shadow:2px 2px 0 #0008"><p>Text</p></div>',
    'p "Text" has text-shadow: rgba(0, 0, 0, 0.533)',
  ],
  'a gradient': [box('background:linear-gradient(#c00,transparent)'), 'div has background-image: linear-gr'],
  'a blend mode': [box('background:#c00', box('mix-blend-mode:multiply;background:#0c0')), 'mix-blend-mode'],
  'a mask': [
    box('background:url(/template/photo.jpg) 0 0/60px;mask-image:linear-gradient(#000,#0000)'),
    'mask-image',
  ],
  'a clip by text': [
    '<p style="font-size:60px;margin:0;color:#000;background:#e00;background-clip:text">Clip</p>',
    'p "Clip" has background-clip: text',
  ],
  'an SVG clip by text': [
    `<svg width=0 height=0><clipPath id=c><text x=0 y=40 font-size=40>Hi</text></clipPath></svg>${box('background:#c00;clip-path:url(#c)')}`,
    'div has clip-path: text',
  ],
  'an SVG fill': [svg('<rect width=9 height=9 fill="rgba(9,0,0,.4)"/>'), 'rect has fill: rgba(9, 0, 0, 0.4)'],
  'an inherited fill-opacity': [
    svg('<g fill-opacity=".5"><rect width=9 height=9 fill="#c00"/></g>'),
    'rect has fill-opacity: 0.5',
  ],
  'an SVG gradient': [
    svg(`${gradient('stop-color="#c00" stop-opacity=".2"')}<rect width=9 height=9 fill="url(#g)"/>`),
    'rect has fill: a gradient with see-through stops',
  ],
  'a gradient that borrows its stops': [
    svg(
      `${gradient('stop-color="#c008"')}<linearGradient id=h href="#g"/><rect width=9 height=9 fill="url(#h)"/>`,
    ),
    'rect has fill: a gradient with see-through stops',
  ],
  'what is used': [
    svg('<defs><rect id=r width=9 height=9 opacity=".4"/></defs><use href="#r"/>'),
    'rect#r has',
  ],
  'text of CSS': [
    '<style>.x::before{content:"hi";color:#0005}</style><p class=x>text</p>',
    'p.x::before has color: rgba(0, 0, 0, 0.333)',
  ],
  'a first letter': [
    '<style>.x::first-letter{color:#0005}</style><p class=x>text</p>',
    'p.x::first-letter has color',
  ],
  'a picture': [
    '<img class=cat src="/template/cutout.png" style="width:60px">',
    'img.cat has a picture with transparent parts (cutout.png)',
  ],
  'a background picture': [
    box('background:url(/template/cutout.png) no-repeat 0 0/60px'),
    'div has a picture with transparent parts (cutout.png)',
  ],
  'a drawn picture': [
    `<img style="width:60px" src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9' fill='red' opacity='.5'/></svg>">`,
    'img has a picture with transparent parts (data:)',
  ],
};

/** What looks like it and is opaque. */
const OPAQUE: Record<string, string> = {
  'no colour at all': box('background:transparent;border:12px solid transparent;border-bottom-color:#c00'),
  'a sharp shadow': box('background:#fc0;box-shadow:4px 4px 0 2px #a00,inset 0 0 0 3px #00a'),
  'a shadow in no colour': box('background:#fc0;box-shadow:0 0 9px #0000'),
  'what is not shown': `${box('background:#c00')}<div style="opacity:0">${box('background:#00c5')}</div><p style="visibility:hidden;opacity:.5">x</p>`,
  'an empty element': `${box('background:#c00')}<div style="opacity:.5;mix-blend-mode:multiply"></div>`,
  'an opaque gradient': box('background:linear-gradient(#000,#00c)'),
  'an opaque SVG gradient': svg(`${gradient('stop-color="#000"')}<rect width=90 height=90 fill="url(#g)"/>`),
  'what is only defined': svg(
    '<defs><rect id=r width=9 height=9 opacity=".4"/></defs><rect width=9 height=9 />',
  ),
  'a fill that is none': svg('<rect width=9 height=9 fill=none stroke="#000" fill-opacity=".5"/>'),
  'a clip': box('background:#c00;clip-path:circle(30px);isolation:isolate;border-radius:9px;overflow:hidden'),
  'opaque pictures':
    '<img src="/template/photo.png" style="width:60px"><img src="/template/logo.svg" style="width:60px">',
};

let browsers: Browser[];
let bench: Workbench;
beforeAll(async () => {
  browsers = await Promise.all([openBrowser(), openBrowser()]);
  bench = await Workbench.open(browsers[0]!, browsers[1]!, await PressColours.open('FOGRA39'));
});
afterAll(async () => {
  await bench?.remove();
  await Promise.all(browsers.map((browser) => browser.close()));
});

async function pressed(name: string, snippet: string) {
  const { file, seeThrough } = await bench.press(filledIn(snippet), { look: false });
  const pdf = join(bench.folder, `${name.replace(/\W/g, '-')}.pdf`);
  await writeFile(pdf, file.pdf);
  return {
    said: seeThrough.map(({ element, cause }) => `${element} has ${cause}`),
    inFile: await hasTransparency(pdf),
  };
}

describe('what lets something show through is said with its element, and the file has it', () => {
  test.each(Object.entries(SEE_THROUGH))('%s', async (name, [snippet, wanted]) => {
    const { said, inFile } = await pressed(name, snippet);
    expect(said).toEqual([expect.stringContaining(wanted)]);
    expect(inFile).toBe(true);
  });
});

describe('what does not is let through', () => {
  test.each(Object.entries(OPAQUE))('%s', async (name, snippet) => {
    expect(await pressed(name, snippet)).toEqual({ said: [], inFile: false });
  });
});

test('a refusal names three elements and counts the rest', () => {
  const template = { name: 'veils' } as Template;
  const found = ['a', 'b', 'c', 'd', 'e'].map((element) => ({ element, cause: 'opacity: 0.5' }));
  expect(() => refuseSeeThrough(template, 'PDF/X-1a:2003', found)).toThrow(
    'Template veils: PDF/X-1a:2003 allows no transparency, but a has opacity: 0.5, b has opacity: 0.5, c has opacity: 0.5, and 2 more',
  );
  expect(() => refuseSeeThrough(template, 'PDF/X-1a:2003', [])).not.toThrow();
});
