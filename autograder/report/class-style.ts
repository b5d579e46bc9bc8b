/** What only the class page needs. */
export const classStyle = `
.inner.wide { max-width: 72rem; }
.calm { color: var(--quiet); margin-bottom: .75rem; }
main > section > h3 { margin: 1.25rem 0 .5rem; }
.scroll { overflow-x: auto; position: relative; }
.scroll:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.scroll th, .scroll td { padding-top: .5rem; padding-bottom: .5rem; }
.scroll th[scope="row"] { font-weight: 500; min-width: 11rem; overflow-wrap: break-word; }
.scroll th code, .scroll td code, summary code { color: var(--quiet); font-size: .8125rem; font-weight: 400; }
.scroll td { min-width: 5.5rem; overflow-wrap: break-word; }
.scroll .reason, .scroll .outcomes { min-width: 16rem; }
.reason { white-space: pre-line; }
.waiting { padding: .7rem 1.1rem; margin-top: .5rem; }
.waiting .count, .evidence .count { color: var(--quiet); font-weight: 400; margin-left: .75rem; }
.waiting .said { margin-top: .5rem; }
.names { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .5rem; font-size: .9375rem; }
.chart { padding: 1.25rem 1.5rem; }
.chart p { margin-top: .75rem; }
.histogram { width: 100%; max-width: 46rem; height: auto; }
.column { fill: var(--accent); }
.axis { stroke: var(--quiet); fill: none; }
.histogram text { text-anchor: middle; fill: var(--quiet); font-size: 12px; }
.histogram .count { fill: var(--ink); font-weight: 600; font-size: 13px; }
.share { white-space: nowrap; min-width: 10rem; font-variant-numeric: tabular-nums; }
.share span { display: inline-block; min-width: 3.25rem; }
.share svg { display: inline-block; width: 6rem; height: 8px; vertical-align: middle; }
.share .part { stroke: none; }
.evidence { padding: .8rem 1.1rem; margin-top: .5rem; }
.evidence:target { outline: 3px solid var(--accent); outline-offset: 2px; }
.evidence h3 { margin-top: 1rem; font-size: .875rem; font-weight: 400; }
.evidence .checks { margin-top: .4rem; }
.evidence pre { margin: .4rem 0 0 1.55rem; padding: .5rem .75rem; background: var(--faint); border-radius: 6px; }
.sheet + .calm { margin-top: 1rem; }
`;
