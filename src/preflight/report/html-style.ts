/** The report's looks: light and dark by the reader's choice, on paper without what only a screen needs. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #faf9f7; --card: #fff; --ink: #1d1c1a; --soft: #66625c; --line: #dedad3;
  --error: #b3261e; --error-wash: #b3261e1f; --warning: #8a5a00; --warning-wash: #c98a0a26; --clean: #1f6f43;
  --sheet: #fff; --shadow: 0 1px 2px #0002, 0 8px 24px #0001;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --card: #201f1c; --ink: #eceae6; --soft: #a29d95; --line: #38352f;
    --error: #ff8a80; --error-wash: #ff8a8026; --warning: #f2c14e; --warning-wash: #f2c14e24; --clean: #7fd1a0;
    --shadow: 0 1px 2px #0006, 0 8px 24px #0004;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem clamp(1rem, 3vw, 3rem) 4rem; max-width: 96rem;
  background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
}
a { color: inherit; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; margin-bottom: 2rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 1rem; margin: 0; }
.facts, .soft { color: var(--soft); }
.facts, .verdict { margin: 0; }
.verdict { font-size: 1.125rem; font-weight: 600; margin-top: .75rem; }
.is-error { color: var(--error); } .is-warning { color: var(--warning); } .is-clean { color: var(--clean); }
.page { display: grid; grid-template-columns: minmax(0, 3fr) minmax(20rem, 2fr); gap: 2rem; margin-bottom: 3rem; }
.page > :only-child { grid-column: 1 / -1; }
.page > h2 { grid-column: 1 / -1; border-bottom: 1px solid var(--line); padding-bottom: .4rem; font-size: 1.125rem; }
.page > h2 small { font-weight: 400; font-size: .85rem; color: var(--soft); margin-left: .6rem; }
figure { margin: 0; position: sticky; top: 1rem; align-self: start; }
figure svg { display: block; width: 100%; max-height: 88vh; background: var(--sheet); box-shadow: var(--shadow); }
figcaption { font-size: .8rem; color: var(--soft); margin-top: .6rem; display: flex; gap: 1.1rem; flex-wrap: wrap; }
figcaption i { display: inline-block; width: 1.4rem; border-top: 2px dashed; vertical-align: middle; margin-right: .35rem; }
.trim { color: #0a7d3c; } .bleed { color: #b3261e; }
svg .trim, svg .bleed { fill: none; stroke: currentColor; stroke-width: 1px; stroke-dasharray: 6 4; vector-effect: non-scaling-stroke; }
svg .mark { stroke-width: 1.5px; vector-effect: non-scaling-stroke; }
svg .mark.error { fill: #d32f2f24; stroke: #c62828; } svg .mark.warning { fill: #ffb30026; stroke: #b26a00; }
svg .mark.whole { fill: transparent; }
svg a:hover .mark, svg a:focus-visible .mark, svg a:target .mark { fill-opacity: 3; stroke-width: 4px; outline: none; }
svg .tag { font: 700 11px system-ui, sans-serif; fill: #fff; text-anchor: middle; dominant-baseline: central; }
svg .flag.error { fill: #c62828; } svg .flag.warning { fill: #8f5500; }
ol, ul { list-style: none; margin: 0; padding: 0; }
.findings { display: grid; gap: .75rem; align-content: start; }
.finding {
  background: var(--card); border: 1px solid var(--line); border-left: 4px solid; border-radius: 6px;
  padding: .8rem 1rem; scroll-margin-top: 1rem; break-inside: avoid;
}
.finding.error { border-left-color: var(--error); } .finding.warning { border-left-color: var(--warning); }
.finding:target { outline: 3px solid currentColor; outline-offset: 2px; }
.finding h3 { margin: 0; font-size: 1rem; display: flex; gap: .6rem; align-items: baseline; }
.number {
  flex: none; min-width: 1.6em; padding: 0 .35em; border-radius: 1em; text-align: center; font-size: .8rem;
  text-decoration: none; color: #fff;
}
.error .number { background: #c62828; } .warning .number { background: #8f5500; }
.finding p { margin: .3rem 0 0; overflow-wrap: anywhere; }
.measure { font-variant-numeric: tabular-nums; font-weight: 600; }
.hint::before { content: "→ "; color: var(--soft); }
.rule { font-size: .8rem; color: var(--soft); }
.rest { border-top: 1px solid var(--line); padding-top: 1.25rem; display: grid; gap: 1.25rem; }
.rest ul { margin-top: .4rem; display: grid; gap: .25rem; }
@media (max-width: 60rem) { .page { grid-template-columns: 1fr; } figure { position: static; } }
@media print {
  :root {
    color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #555; --line: #bbb; --shadow: 0 0 0 1px #bbb;
    --error: #b3261e; --warning: #8a5a00; --clean: #1f6f43;
  }
  body { padding: 0; font-size: 10pt; print-color-adjust: exact; }
  .page { grid-template-columns: 1fr; gap: 5mm; } .page:has(figure) + .page { break-before: page; }
  figure { position: static; break-inside: avoid; } figure svg { max-height: 120mm; }
}
@page { margin: 15mm; }
`;
