/** The style of all pages, put into the page itself; the content policy names its hash. */
import { certificateStyle } from './certificate-style.ts';
import { classStyle } from './class-style.ts';
import { derivationStyle } from './derivation-style.ts';

const colours = `
:root {
  color-scheme: light dark;
  --paper: #f6f5f1; --sheet: #fff; --ink: #1c2430; --quiet: #566070; --line: #e1ded6; --faint: #f1efe9; --accent: #1f4f8f;
  --pass: #17663a; --pass-ground: #e4f2e9;
  --fail: #9f2f1f; --fail-ground: #fbe9e5;
  --unanswered: #555c67; --unanswered-ground: #ecebe7;
  --awaiting: #573c9b; --awaiting-ground: #ece8f9;
  --open: #7c4d00; --open-ground: #fcefd3;
  --earned: #2f8a57; --lost: #d9d5cb;
  --shadow: 0 1px 2px rgb(28 36 48 / 6%), 0 4px 16px rgb(28 36 48 / 4%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13161b; --sheet: #1b1f26; --ink: #e8eaee; --quiet: #a4adba; --line: #303641; --faint: #232831; --accent: #93bdf5;
    --pass: #84d5a5; --pass-ground: #18301f;
    --fail: #f7a08d; --fail-ground: #3b1f1a;
    --unanswered: #b6bcc6; --unanswered-ground: #2b3038;
    --awaiting: #c2b0f7; --awaiting-ground: #2b2445;
    --open: #f1c576; --open-ground: #362b15;
    --earned: #4fae79; --lost: #3a414c;
    --shadow: none;
  }
}
.pass { --tone: var(--pass); --ground: var(--pass-ground); }
.fail { --tone: var(--fail); --ground: var(--fail-ground); }
.unanswered { --tone: var(--unanswered); --ground: var(--unanswered-ground); }
.awaiting-person { --tone: var(--awaiting); --ground: var(--awaiting-ground); }
.not-gradable { --tone: var(--open); --ground: var(--open-ground); }
`;

const ground = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; line-height: 1.55;
  font: 1rem/1.55 "Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif;
}
.inner { max-width: 56rem; margin: 0 auto; padding: 0 1.5rem; }
h1, h2, h3, h4, p, ul, ol, dl, dd, pre { margin: 0; }
ul, ol { padding: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; letter-spacing: -0.01em; font-weight: 650; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; line-height: 1.35; font-weight: 600; }
h4, summary { font-size: .875rem; font-weight: 600; }
a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
small { font-size: .8125rem; color: var(--quiet); }
code, pre, .file { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace; font-size: .875em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; font-size: .8125rem; line-height: 1.5; }
svg { display: block; }
svg.signs { position: absolute; }
use, symbol { fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: middle; padding: .7rem 1.1rem; border-top: 1px solid var(--line); font-weight: 400; }
thead th { border-top: 0; font-size: .8125rem; color: var(--quiet); font-weight: 500; padding-bottom: .5rem; }
th.number, td.number { text-align: right; }
`;

const frame = `
.top { padding: 2.25rem 0 0; }
.brand { font-weight: 700; letter-spacing: -0.01em; color: var(--accent); margin-bottom: 1.25rem; }
.brand span { font-weight: 400; color: var(--quiet); }
.who { color: var(--quiet); margin-top: .35rem; }
.who strong { color: var(--ink); font-weight: 600; }
.foot { margin-top: 3rem; padding-top: 1.25rem; padding-bottom: 3rem; font-size: .8125rem; color: var(--quiet); }
.foot::before { content: ""; display: block; border-top: 1px solid var(--line); margin-bottom: 1.25rem; }
.warnings, .stopped { border-radius: 12px; padding: 1.1rem 1.35rem; margin-top: 1.5rem; }
.warnings { background: var(--open-ground); border: 1px solid var(--open); border-left-width: 6px; }
.warnings h2 { margin: 0 0 .35rem; font-size: 1rem; color: var(--open); }
.warnings ul { padding-left: 1.15rem; }
.stopped { display: flex; gap: 1.1rem; background: var(--ground); border: 1px solid var(--tone); padding: 1.5rem; }
.stopped svg { width: 2rem; height: 2rem; flex: none; color: var(--tone); }
.stopped h2 { margin: 0 0 .5rem; }
.stopped .reason { font-weight: 600; margin-bottom: .75rem; white-space: pre-line; }
.notes ul { padding-left: 1.15rem; }
`;

const total = `
.total { display: grid; grid-template-columns: auto 1fr; gap: 1rem 3rem; align-items: center; margin-top: 1.75rem; padding: 1.5rem 1.75rem;
  background: var(--sheet); border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow); }
.total h2 { margin: 0; font-size: .875rem; font-weight: 500; letter-spacing: 0; color: var(--quiet); }
.figure p { white-space: nowrap; line-height: 1.1; margin-top: .2rem; }
.figure strong { font-size: 3.5rem; font-weight: 650; letter-spacing: -0.04em; font-variant-numeric: tabular-nums; }
.figure span { font-size: 1.25rem; color: var(--quiet); }
.bar { width: 100%; height: 16px; border-radius: 8px; background: var(--faint); }
.part { stroke: var(--sheet); stroke-width: 2px; }
.part.earned { fill: var(--earned); }
.part.lost { fill: var(--lost); }
.ground { fill: var(--ground); }
.ink { fill: var(--tone); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .6rem; font-size: .8125rem; color: var(--quiet); }
.legend li { display: flex; align-items: center; gap: .45rem; }
.legend svg { width: 14px; height: 14px; }
.total dl { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin-top: 1rem; }
.total dt { font-size: .8125rem; color: var(--quiet); }
.total dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.total .open { margin-top: .9rem; font-size: .9375rem; }
.summary small { display: inline-block; margin-left: .35rem; }
.summary th[scope="row"] { font-weight: 500; }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem; }
.chip { display: grid; place-items: center; width: 30px; height: 30px; border-radius: 8px; color: var(--tone); background: var(--ground); }
.chip svg { width: 16px; height: 16px; }
.chip:hover { outline: 2px solid var(--tone); }
`;

const tasks = `
.task { margin-top: 1rem; overflow: hidden; padding: 1.25rem 1.5rem; border-left: 4px solid var(--tone); }
.task:target { outline: 3px solid var(--accent); outline-offset: 2px; }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1.5rem; }
.head > div { flex: 1 1 20rem; min-width: 0; }
.bonus { font-size: .75rem; font-weight: 600; color: var(--accent); border: 1px solid currentColor; border-radius: 99px; padding: .05rem .5rem; vertical-align: .1em; }
.where { font-size: .875rem; color: var(--quiet); margin-top: .15rem; }
.where code { color: var(--ink); }
.where span::before { content: "·"; margin: 0 .35em; }
.where span code { color: inherit; }
.verdict { display: flex; align-items: center; gap: .9rem; align-self: start; }
.badge { display: inline-flex; align-items: center; gap: .4rem; padding: .2rem .7rem .2rem .5rem; border-radius: 99px; font-size: .8125rem; font-weight: 600; white-space: nowrap; color: var(--tone); background: var(--ground); }
.badge svg { width: 14px; height: 14px; }
.marks { white-space: nowrap; font-variant-numeric: tabular-nums; color: var(--quiet); font-size: .875rem; }
.marks strong { color: var(--ink); font-size: 1.05rem; font-weight: 600; }
.said { white-space: pre-line; }
.task > .said, .task > .meaning { margin-top: .75rem; }
.meaning { color: var(--quiet); }
.checks { list-style: none; margin-top: 1rem; border-top: 1px solid var(--line); }
.checks li { padding: .55rem 0; border-bottom: 1px solid var(--line); }
.checks li:last-child { border-bottom: 0; padding-bottom: 0; }
.line { display: flex; align-items: baseline; gap: .6rem; }
.line .sign { width: 15px; height: 15px; flex: none; color: var(--tone); align-self: center; }
.line .name { flex: 1; min-width: 0; }
.line .word { font-size: .8125rem; color: var(--tone); white-space: nowrap; }
.line .marks { min-width: 4.5rem; text-align: right; }
.checks .said { margin: .2rem 0 0 1.55rem; color: var(--quiet); font-size: .9375rem; }
.hint { margin: .6rem 0 .2rem 1.55rem; padding: .6rem .9rem; border-radius: 8px; background: var(--faint); border-left: 3px solid var(--accent); font-size: .9375rem; }
.hint strong { display: block; font-size: .8125rem; color: var(--accent); }
.diagnosis { margin: 1rem 0 0; }
.block { margin-top: 1rem; padding: .8rem 1rem; border-radius: 8px; background: var(--faint); }
.block h4 + pre, .block summary + pre { margin-top: .5rem; }
.block ul, .block ol { padding-left: 1.15rem; margin-top: .35rem; font-size: .9375rem; }
.block ol li { font-size: .8125rem; }
.block ol code { font-size: 1em; }
summary { cursor: pointer; }
.answer { font-family: inherit; font-size: .9375rem; line-height: 1.6; }
.task > h2 { margin: 0; }
.task > h2 + .meaning { margin-top: .25rem; }
.task > .answer { margin-top: .75rem; }
.task > h4 { margin-top: 1.25rem; }
.error { border-left: 3px solid var(--fail); }
.error h4 { color: var(--fail); }
.error p { margin-top: .6rem; font-size: .8125rem; color: var(--quiet); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem; margin-top: 1rem; }
figure { margin: 0; }
figure img { display: block; width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; image-rendering: pixelated; background: #fff; }
figcaption { margin-top: .35rem; font-size: .8125rem; color: var(--quiet); }
.remarks { background: none; border: 1px dashed var(--line); }
`;

const narrow = `
@media (max-width: 40rem) {
  .inner { padding: 0 1rem; }
  .total { grid-template-columns: 1fr; padding: 1.25rem; }
  .task { padding: 1rem; }
  th, td { padding: .6rem .7rem; }
  .summary th { font-size: .9375rem; overflow-wrap: break-word; }
  .summary thead th { font-size: .8125rem; }
  .summary small { display: block; }
  .chips { min-width: 4.2rem; }
  .line { flex-wrap: wrap; }
  .line .name { flex-basis: 70%; }
  .line .word { margin-left: 1.55rem; }
}
`;

/** On paper a student's report is open throughout, in ink on white, and no task is cut where it need not be. */
const print = `
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --sheet: #fff; --ink: #000; --quiet: #444; --line: #bbb; --faint: #f4f4f4; --accent: #1f4f8f;
    --pass: #17663a; --pass-ground: #e4f2e9; --fail: #9f2f1f; --fail-ground: #fbe9e5; --unanswered: #555c67; --unanswered-ground: #ecebe7;
    --awaiting: #573c9b; --awaiting-ground: #ece8f9; --open: #7c4d00; --open-ground: #fcefd3; --earned: #2f8a57; --lost: #d9d5cb; --shadow: none;
  }
  @page { margin: 16mm 15mm; }
  html { font-size: 9.5pt; }
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .inner { max-width: none; padding: 0; }
  .top { padding-top: 0; }
  .chips a, .summary a { color: inherit; text-decoration: none; }
  .chips .chip { color: var(--tone); }
  .task details::details-content { content-visibility: visible; block-size: auto; }
  .task summary { list-style: none; }
  h2, h3, h4, .head, .calm { break-after: avoid; }
  .foot { break-before: avoid; }
  .total, .checks li, .hint, tr, .block, figure, .task:not(:has(details, figure, .derivation)) { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;

export const pageStyle = [colours, ground, frame, total, tasks, derivationStyle, classStyle, certificateStyle, narrow, print].join('');
