import { escapeMarkup } from '../markup.ts';
import { type Credit, type Credits, requireLink, requireThumbnail, uniqueCredits } from './credits.ts';

/** Everything stands in the page itself: it can be put anywhere, and asks nobody for anything. */
const CSS = `
:root{color-scheme:light dark;--ground:#faf8f3;--text:#22252b;--quiet:#6a6f78;--line:#dcd8cd;--accent:#a8431f;--card:#fff}
@media (prefers-color-scheme:dark){:root{--ground:#15171b;--text:#e9e6df;--quiet:#9a9fa8;--line:#2f333a;--accent:#f0a27f;--card:#1d2025}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI","Hiragino Sans","Noto Sans JP","Noto Sans",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:68rem;margin:0 auto;padding:clamp(1.5rem,5vw,4.5rem) clamp(1rem,4vw,2.5rem)}
header{padding-bottom:1.6rem;margin-bottom:1.9rem;border-bottom:1px solid var(--line)}
h1{margin:0;font-size:clamp(1.7rem,5vw,2.75rem);line-height:1.15;letter-spacing:-.015em;font-weight:650;text-wrap:balance;overflow-wrap:anywhere}
header p{margin:.8rem 0 0;max-width:42rem;color:var(--quiet);text-wrap:pretty}
ol{list-style:none;margin:0;padding:0;display:grid;gap:1.1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr))}
li{display:flex;gap:1rem;padding:.9rem;background:var(--card);border:1px solid var(--line);border-radius:.7rem;min-width:0}
li img{flex:none;width:5.5rem;height:5.5rem;object-fit:cover;border-radius:.4rem;background:var(--line)}
li>div{min-width:0;flex:1}
h2{margin:.05rem 0 .15rem;font-size:1.03rem;line-height:1.3;font-weight:600;overflow-wrap:anywhere}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--accent);text-decoration-thickness:.09em;text-underline-offset:.2em}
a:hover{color:var(--accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
.id{margin:0;color:var(--quiet);font:.8rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.prompt{margin:.5rem 0 0;font-size:.86rem;line-height:1.5;color:var(--quiet);overflow-wrap:anywhere}
@media print{
:root{color-scheme:light;--ground:#fff;--text:#000;--quiet:#444;--line:#bbb;--accent:#000;--card:#fff}
@page{margin:16mm}
body{font-size:10pt}
main{max-width:none;padding:0}
ol{display:block;columns:2;column-gap:8mm}
li{break-inside:avoid;border:0;border-bottom:.4pt solid var(--line);border-radius:0;padding:2.5mm 0}
li img{width:16mm;height:16mm}
.link{display:block;font-size:7.5pt;overflow-wrap:anywhere}
}
@media screen{.link{display:none}}
`.trim();

function entry({ id, title, link, prompt, thumbnail }: Credit): string {
  const name = escapeMarkup(title || id);
  const address = link && escapeMarkup(requireLink(link));
  return [
    '<li>',
    // The title says what it is.
    thumbnail ? `<img src="${requireThumbnail(thumbnail)}" alt="" width="88" height="88">` : '',
    '<div>',
    `<h2>${address ? `<a href="${address}">${name}</a>` : name}</h2>`,
    title ? `<p class="id">${escapeMarkup(id)}</p>` : '',
    // On paper a link cannot be followed, only read.
    address ? `<p class="id link">${address}</p>` : '',
    prompt ? `<p class="prompt">${escapeMarkup(prompt)}</p>` : '',
    '</div></li>',
  ].join('');
}

/**
 * The credits of a product as a page that stands by itself, for the address that its QR code shows: every picture with its
 * ID, title and link, and its prompt and thumbnail where they are given; light and dark, for a phone as for paper.
 * @throws PrintcatError for a link that is not http or https, or a thumbnail that is not in the page
 */
export function creditsHtml({ title, note, language = 'en', pictures }: Credits): string {
  return [
    '<!doctype html>',
    `<html lang="${escapeMarkup(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    `<title>${escapeMarkup(title)}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${CSS}</style>`,
    '</head>',
    '<body><main>',
    `<header><h1>${escapeMarkup(title)}</h1>${note ? `<p>${escapeMarkup(note)}</p>` : ''}</header>`,
    '<ol>',
    ...uniqueCredits(pictures).map(entry),
    '</ol>',
    '</main></body>',
    '</html>',
    '',
  ].join('\n');
}
