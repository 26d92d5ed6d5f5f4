/** The style of the page of a report. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfbfa, #16181b);
  --panel: light-dark(#ffffff, #1e2125);
  --ink: light-dark(#1b1e22, #eceef0);
  --soft: light-dark(#5a6169, #a5adb6);
  --line: light-dark(#d9dcdf, #373c42);
  --accent: light-dark(#0b5cad, #7cb8ff);
  --js: light-dark(#f3dca0, #5a4512);
  --css: light-dark(#bcdcef, #17435e);
  --tools: light-dark(#d3cce4, #4b4460);
  --page: light-dark(#eef0f1, #272b30);
  --js-mark: light-dark(#b57b00, #d9a93a);
  --css-mark: light-dark(#2a7fb8, #5aa9dd);
  --bad: light-dark(#a3200d, #ff9d8c);
}
* { box-sizing: border-box }
body {
  margin: 0 auto;
  max-width: 76rem;
  padding: 2rem clamp(1rem, 4vw, 2.5rem) 4rem;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif;
}
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.01em; margin: 0 }
h2 { font-size: 1.1875rem; line-height: 1.3; margin: 2.75rem 0 0.75rem }
p { margin: 0.5rem 0; max-width: 68ch }
.soft, .release { color: var(--soft) }
.release, td:first-child, th[scope=row], summary, .note, code { overflow-wrap: anywhere }
code { font: 0.9375em ui-monospace, monospace }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }

.totals { display: flex; flex-wrap: wrap; gap: 0.5rem 2.5rem; margin: 1.5rem 0 0; padding: 0 }
.totals div { display: flex; flex-direction: column-reverse }
.totals dt { color: var(--soft); font-size: 0.875rem }
.totals dd { margin: 0; font-size: 1.375rem; font-weight: 600; font-variant-numeric: tabular-nums }

.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.75rem 1.5rem; margin: 0 0 0.75rem }
.trail { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; min-width: 0 }
.trail li { display: flex; align-items: center; min-width: 0 }
.trail li + li::before { content: "/"; color: var(--soft); padding: 0 0.125rem }
.trail button {
  border: 0;
  background: none;
  color: var(--accent);
  font: inherit;
  padding: 0.375rem;
  min-height: 2.25rem;
  text-align: start;
  text-decoration: underline;
  text-underline-offset: 0.2em;
  overflow-wrap: anywhere;
  cursor: pointer;
}
.trail li:first-child button { margin-inline-start: -0.375rem }
.trail [aria-current] { color: inherit; text-decoration: none; font-weight: 600; cursor: default }
fieldset { display: flex; border: 1px solid var(--line); border-radius: 0.5rem; margin: 0; padding: 0; background: var(--panel); overflow: clip }
legend { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
fieldset label { position: relative; display: flex; align-items: center; min-height: 2.5rem; padding: 0 0.875rem; cursor: pointer }
fieldset label + label { border-inline-start: 1px solid var(--line) }
fieldset input { position: absolute; inset: 0; opacity: 0; margin: 0; cursor: pointer }
fieldset label:has(:checked) { background: var(--ink); color: var(--panel) }
fieldset label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: -3px }

.area { position: relative; height: clamp(24rem, 62vh, 40rem); overflow: hidden; background: var(--panel); border-radius: 0.25rem }
.cell {
  position: absolute;
  display: flex;
  gap: 0.5rem;
  align-items: baseline;
  justify-content: space-between;
  align-content: start;
  border: 0;
  border-radius: 0.1875rem;
  padding: 0;
  background: var(--js);
  color: var(--ink);
  font: 0.8125rem/1.4 system-ui, sans-serif;
  text-align: start;
  overflow: hidden;
  cursor: pointer;
}
.cell.named { padding: 0.125rem 0.4375rem }
.cell.css { background: var(--css) }
.cell.tools { background: var(--tools) }
.cell.page { background: var(--page) }
.cell.leaf { cursor: default }
.cell.outer:not(.page):not(.leaf) { background: color-mix(in srgb, currentColor 9%, var(--panel)) }
.cell.outer .name { font-weight: 600 }
.cell:hover, .cell:focus-visible { outline: 2px solid var(--ink); outline-offset: -2px }
.cell .name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; min-width: 0 }
.cell .size { white-space: nowrap; font-variant-numeric: tabular-nums }
.cell.narrow { flex-direction: column; justify-content: start; align-items: stretch; gap: 0 }
.area p { padding: 1.5rem }
.note { min-height: 3em; margin: 0.625rem 0 0; max-width: none; font-variant-numeric: tabular-nums }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0; padding: 0; color: var(--soft); font-size: 0.875rem }
.legend li { display: flex; align-items: center; gap: 0.5rem }
.swatch { width: 0.875rem; height: 0.875rem; border-radius: 0.1875rem; flex: none }
rect.js { fill: var(--js) }
rect.css { fill: var(--css) }
rect.tools { fill: var(--tools) }
.share rect.js { fill: var(--js-mark) }
.share rect.css { fill: var(--css-mark) }

table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
th { text-align: start; font-weight: 400 }
thead th { color: var(--soft); font-size: 0.875rem; vertical-align: bottom }
th, td { padding: 0.4375rem 0 0.4375rem 1.25rem; border-bottom: 1px solid var(--line); vertical-align: top }
th:first-child, td:first-child { padding-inline-start: 0 }
th:not(:first-child), td:not(:first-child) { text-align: end; white-space: nowrap; width: 1% }
th small { display: block; color: var(--soft); font-size: 0.875rem }
.share { display: block; width: 100%; max-width: 26rem; height: 5px; margin: 0.25rem 0 0.125rem }
details { border-bottom: 1px solid var(--line) }
summary { display: flex; gap: 1.25rem; padding: 0.5rem 0; cursor: pointer; font-variant-numeric: tabular-nums; list-style: none }
summary::-webkit-details-marker { display: none }
summary::before { content: "+"; flex: none; width: 0.75rem; color: var(--soft) }
details[open] > summary::before { content: "\\2212" }
summary span:first-of-type { flex: 1; min-width: 0 }
summary span:not(:first-of-type) { min-width: 4.25rem; text-align: end; white-space: nowrap }
h3 { font-size: 1rem; margin: 1.5rem 0 0.25rem }
.columns { display: flex; gap: 1.25rem; color: var(--soft); font-size: 0.875rem; margin: 0.75rem 0 0; padding-bottom: 0.4375rem; max-width: none; border-bottom: 1px solid var(--line) }
.columns span:first-child { flex: 1 }
.columns span:not(:first-child) { min-width: 4.25rem; text-align: end; text-transform: capitalize }
details > table { margin: 0 0 1rem 2rem; width: calc(100% - 2rem); font-size: 0.9375rem }
ul.findings { list-style: none; margin: 0; padding: 0 }
.findings li { padding: 0.5rem 0; border-bottom: 1px solid var(--line) }
.findings li:last-child { border: 0 }
.findings small { display: block; color: var(--soft); font-size: 0.875rem }
.wrong { border-inline-start: 3px solid var(--bad); padding-inline-start: 1rem; margin-top: 1.75rem }
.wrong h2 { margin-top: 0; color: var(--bad) }

@media (max-width: 44rem) {
  .wide { display: none }
  table { font-size: 0.9375rem }
  th, td { padding-inline-start: 0.625rem }
  .area { height: 30rem }
  fieldset { width: 100% }
  fieldset label { flex: 1; justify-content: center; padding: 0 0.25rem }
  details > table { margin-inline-start: 0; width: 100% }
  summary { flex-wrap: wrap; gap: 0 0.75rem; position: relative; padding-inline-start: 1.5rem }
  summary::before { position: absolute; inset-inline-start: 0 }
  summary span:first-of-type { flex-basis: 100% }
  summary span:not(:first-of-type) { min-width: 0; color: var(--soft); font-size: 0.875rem }
  summary span:not(:first-of-type)::after { content: ' ' attr(data-column) }
  .columns { display: none }
}
@media print {
  #map { display: none }
}
`;
