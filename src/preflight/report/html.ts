import { escapeMarkup } from '../../markup.ts';
import { type Box, formatMm, intersect, type Size } from '../../units.ts';
import type { Finding, PageFacts, Report } from '../model.ts';
import { RULES } from '../rules/index.ts';
import {
  fileLine,
  gathered,
  groupFindings,
  hasErrors,
  measureBeside,
  pageList,
  ruleLine,
  verdict,
} from './group.ts';
import { STYLE } from './html-style.ts';
import type { PagePicture } from './pictures.ts';

/** Pages that are shown with a picture: a report of a whole book must still open. */
const MOST_PAGES = 40;

/** A finding with its number in the report. */
interface Numbered {
  readonly finding: Finding;
  readonly number: number;
}

/** The pages that a report shows, the first of those with findings; the first page of a clean file. */
export function pagesToShow({ findings, pages }: Report): number[] {
  const withFindings = new Set(findings.map(({ page }) => page).filter((page) => page !== null));
  const numbers = [...withFindings].sort((a, b) => a - b).slice(0, MOST_PAGES);
  return numbers.length > 0 || pages.length === 0 ? numbers : [pages[0]!.number];
}

/** A report as one HTML file that needs nothing else: each finding drawn on its page and linked with its box. */
export function htmlReport(name: string, report: Report, pictures: readonly PagePicture[]): string {
  const numbered = inOrder(report).map((finding, i) => ({ finding, number: i + 1 }));
  const shown = pagesToShow(report);
  const ofPage = (page: number | null) => numbered.filter(({ finding }) => finding.page === page);
  const notShown = numbered.filter(({ finding }) => finding.page !== null && !shown.includes(finding.page));
  const tone = hasErrors(report) ? 'error' : report.findings.length > 0 ? 'warning' : 'clean';
  const sections = [
    section('The file as a whole', '', null, ofPage(null)),
    ...shown.map((number) => {
      const page = report.pages.find((facts) => facts.number === number);
      const picture = pictures.find((one) => one.page === number);
      const remark = page ? pageLine(page) : '';
      const drawn = page && picture ? figure(page, picture, ofPage(number)) : null;
      return section(`Page ${number}`, remark, drawn, ofPage(number), report.pages.length > 0);
    }),
    section('Further pages', pageList(notShown.map(({ finding }) => finding.page)), null, notShown),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`Preflight: ${name}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escapeMarkup(name)}</h1>
<p class="facts">${escapeMarkup([fileLine(report), report.file.producer].filter(Boolean).join(', '))}</p>
<p class="verdict is-${tone}">${escapeMarkup(sentence(verdict(report)))}</p>
<p class="facts">${escapeMarkup(`${report.profile.title}, ${report.judged.length} rules judged`)}</p>
</header>
<main>
${sections.filter(Boolean).join('\n')}
${rest(report)}
</main>
</body>
</html>
`;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `105.0 mm × 148.0 mm, ink up to 312 %`; a page that was not drawn for its ink has `at most` so much. */
function pageLine({ media, ink }: Report['pages'][number]): string {
  const size = `${formatMm(media.width, 1)} × ${formatMm(media.height, 1)}`;
  if (!ink) return size;
  return `${size}, ink ${'counted' in ink ? `up to ${ink.counted}` : `at most ${ink.atMost}`} %`;
}

/** As they stand in the report: the file before its pages, on each the worst first. */
const inOrder = (report: Report): Finding[] =>
  groupFindings(report.findings)
    .flatMap(({ findings }) => findings)
    .sort((a, b) => (a.page ?? 0) - (b.page ?? 0));

function section(
  title: string,
  remark: string,
  drawn: string | null,
  findings: readonly Numbered[],
  always = false,
): string {
  if (findings.length === 0 && !always) return '';
  const list = findings.map(({ finding, number }) => card(finding, number)).join('\n');
  const found = list
    ? `<ol class="findings">\n${list}\n</ol>`
    : '<p class="soft">Nothing found on this page.</p>';
  const small = remark ? `<small>${escapeMarkup(remark)}</small>` : '';
  return `<section class="page">\n<h2>${escapeMarkup(title)}${small}</h2>\n${drawn ?? ''}\n${found}\n</section>`;
}

function card(finding: Finding, number: number): string {
  const rule = RULES.find(({ id }) => id === finding.rule);
  const where = finding.box ? `at ${formatMm(finding.box.x, 1)}, ${formatMm(finding.box.y, 1)}` : '';
  const times = finding.count > 1 ? `${finding.count} times` : '';
  const measured = measureBeside(finding);
  const place = [where, times, finding.object].filter(Boolean).join(', ');
  const tag = finding.box
    ? `<a class="number" href="#b${number}">${number}</a>`
    : `<span class="number">${number}</span>`;
  return [
    `<li class="finding ${finding.severity}" id="f${number}">`,
    `<h3>${tag}<span>${escapeMarkup(rule?.title ?? finding.rule)}</span></h3>`,
    `<p>${escapeMarkup(finding.message)}</p>`,
    measured ? `<p class="measure">${escapeMarkup(measured)}</p>` : '',
    `<p class="hint">${escapeMarkup(finding.hint)}</p>`,
    `<p class="rule">${escapeMarkup([sentence(finding.severity), ruleLine({ rule: finding.rule, clause: rule?.clause ?? '' }), place].filter(Boolean).join(' · '))}</p>`,
    '</li>',
  ]
    .filter(Boolean)
    .join('\n');
}

const attributes = ({ x, y, width, height }: Box): string =>
  [`x="${f(x)}"`, `y="${f(y)}"`, `width="${f(width)}"`, `height="${f(height)}"`].join(' ');
const f = (mm: number): string => String(Math.round(mm * 100) / 100);

function figure(page: PageFacts, picture: PagePicture, findings: readonly Numbered[]): string {
  const { media } = page;
  const whole: Box = { x: 0, y: 0, ...media };
  // A box of no height is a line: it must be seen all the same. Flags are a fixed part of the page's size.
  const least = Math.max(media.width, media.height) / 250;
  const unit = Math.max(media.width, media.height) / 100;
  const marks = findings.flatMap(({ finding, number }) =>
    finding.boxes.map((box, i) => ({
      box: atLeast(box, least),
      number,
      severity: finding.severity,
      first: i === 0,
    })),
  );
  // The large ones first, so that the small ones on them can be reached.
  const taken: Box[] = [];
  const area = ({ width, height }: Size) => width * height;
  const drawn = marks
    .sort((a, b) => area(b.box) - area(a.box))
    .map(
      ({ box, number, severity, first }) =>
        `<a href="#f${number}"${first ? ` id="b${number}"` : ''}><rect class="mark ${severity}${area(box) > area(media) / 2 ? ' whole' : ''}" ${attributes(box)}/>${first ? flag(box, number, severity, unit, media, taken) : ''}</a>`,
    );
  const lines = (['trim', 'bleed'] as const).map((kind) =>
    page[kind] ? `<rect class="${kind}" ${attributes(page[kind])}/>` : '',
  );
  const legend = [
    page.trim ? '<span><i class="trim"></i>trim</span>' : '',
    page.bleed ? '<span><i class="bleed"></i>bleed</span>' : '',
    '<span>Colours as on a screen; a number leads to its finding.</span>',
  ];
  return `<figure>
<svg viewBox="0 0 ${f(media.width)} ${f(media.height)}" role="img" aria-label="Page ${page.number} with what was found on it">
<image href="${picture.source}" ${attributes(page.crop ?? whole)} preserveAspectRatio="none"/>
${[...lines, ...drawn].filter(Boolean).join('\n')}
</svg>
<figcaption>${legend.filter(Boolean).join('')}</figcaption>
</figure>`;
}

function atLeast({ x, y, width, height }: Box, least: number): Box {
  const [w, h] = [Math.max(width, least), Math.max(height, least)];
  return { x: x - (w - width) / 2, y: y - (h - height) / 2, width: w, height: h };
}

/** A finding's number at its box's corner, within the page, beside the numbers that stand there already. */
function flag(box: Box, number: number, severity: string, unit: number, media: Size, taken: Box[]): string {
  const [width, height] = [unit * (1.4 + 0.8 * String(number).length), unit * 2.2];
  const y = Math.min(Math.max(0, box.y - height), media.height - height);
  let x = Math.min(Math.max(0, box.x), media.width - width);
  for (let other = at(x); other; other = at(x)) x = other.x + other.width + unit / 4;
  const place = { x, y, width, height };
  taken.push(place);
  const middle = `x="${f(x + width / 2)}" y="${f(y + height / 2)}"`;
  const text = `<text class="tag" ${middle} style="font-size:${f(unit * 1.5)}px">${number}</text>`;
  return `<rect class="flag ${severity}" ${attributes(place)} rx="${f(unit / 3)}"/>${text}`;

  function at(left: number): Box | undefined {
    return taken.find((other) => intersect(other, { x: left, y, width, height }));
  }
}

function rest({ unjudged, switchedOff }: Report): string {
  const parts: string[] = [];
  if (unjudged.length > 0) {
    const items = [...gathered(unjudged)].map(([text, pages]) => {
      const where = pageList(pages);
      return `<li>${escapeMarkup(`${sentence(text)}${where && ` (${where})`}`)}</li>`;
    });
    parts.push(`<div><h2>Not judged</h2><ul>${items.join('')}</ul></div>`);
  }
  if (switchedOff.length > 0) {
    parts.push(`<div><h2>Switched off</h2><ul><li>${escapeMarkup(switchedOff.join(', '))}</li></ul></div>`);
  }
  return parts.length > 0 ? `<section class="rest">${parts.join('\n')}</section>` : '';
}
