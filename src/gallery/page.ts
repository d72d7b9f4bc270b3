import { escapeMarkup } from '../markup.ts';
import { PRODUCT_GROUPS } from '../products/declaration.ts';
import { formatMm } from '../units.ts';
import type { Exhibit } from './gallery.ts';

const TITLES: Readonly<Record<(typeof PRODUCT_GROUPS)[number], string>> = {
  covers: 'Covers',
  stickers: 'Stickers',
  paper: 'Paper',
  things: 'Things',
};
/** More pages than this are told of by their number. */
const SHOWN_PAGES = 4;

const STYLE = `
:root{color-scheme:light dark;--ground:#f3f1ec;--ink:#1f1e1b;--soft:#6b665d;--line:#dcd7cc;--shadow:0 .5px 1px #0003,0 6px 22px #0002}
@media (prefers-color-scheme:dark){:root{--ground:#191816;--ink:#ece9e2;--soft:#a39d92;--line:#36332e;--shadow:0 1px 2px #0008,0 8px 26px #0006}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:104rem;padding:clamp(1.5rem,4vw,4rem) clamp(1rem,4vw,4rem) 5rem;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:clamp(1.6rem,3.2vw,2.4rem);font-weight:600;letter-spacing:-.015em;line-height:1.15}
header p,h2+p{margin:.5rem 0 0;color:var(--soft);max-width:42rem}
h2{margin:4rem 0 1.5rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:1.05rem;font-weight:600}
.rows{display:flex;flex-wrap:wrap;gap:3rem 3.25rem;align-items:flex-end}
figure{margin:0;max-width:100%}
.pages{display:flex;flex-wrap:wrap;gap:.9rem;align-items:flex-end}
.pages img{display:block;width:auto;height:auto;max-width:min(100%,34rem);max-height:20rem;background:#fff;box-shadow:var(--shadow)}
.pages.many img{max-height:13rem;max-width:15rem}
figcaption{margin-top:.85rem;max-width:30rem}
figcaption b{font-weight:600}
figcaption span{color:var(--soft)}
code{font:.85em ui-monospace,Menlo,Consolas,monospace}
`;

/** A page that shows samples as they were printed, by the groups of their products; pictures are in the page itself. */
export function galleryPage(exhibits: readonly Exhibit[]): string {
  const sections = PRODUCT_GROUPS.flatMap((group) => {
    const shown = exhibits.filter(({ product }) => product.group === group);
    if (shown.length === 0) return [];
    return [`<h2>${TITLES[group]}</h2><div class="rows">${shown.map(figure).join('')}</div>`];
  });
  const count = new Set(exhibits.map(({ product }) => product.name)).size;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>printcat: what a picture becomes</title><style>${STYLE}</style></head><body>
<header><h1>What a picture becomes</h1><p>${count} products, each as its proof shows the file that goes to the printer.</p></header>
${sections.join('\n')}
</body></html>
`;
}

function figure({ product, template, made, pages }: Exhibit): string {
  const { trim } = made.manifest.boxes;
  const more = pages.length > SHOWN_PAGES ? `, ${pages.length} pages` : '';
  const images = pages.slice(0, SHOWN_PAGES).map((jpeg, i) => {
    const source = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
    return `<img src="${source}" alt="${escapeMarkup(product.title)}, page ${i + 1}">`;
  });
  return (
    `<figure><div class="pages${pages.length > 2 ? ' many' : ''}">${images.join('')}</div>` +
    `<figcaption><b>${escapeMarkup(product.title)}</b> <code>${escapeMarkup(template.name)}</code><br>` +
    `<span>${formatMm(trim.width)} × ${formatMm(trim.height)}${more}, ${escapeMarkup(made.manifest.standard)}</span></figcaption></figure>`
  );
}
