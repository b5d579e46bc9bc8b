/** What only the page of a certificate needs. */
export const certificateStyle = `
.inner.widest { max-width: 90rem; }
.stopped ul { padding-left: 1.15rem; }
.matrix th, .matrix td { padding: .3rem .6rem; font-size: .8125rem; vertical-align: top; }
.matrix thead th { font-size: .75rem; min-width: 6rem; vertical-align: bottom; overflow-wrap: normal; }
.matrix thead strong { display: block; }
.matrix th[scope="row"] { min-width: 18rem; }
.matrix th small { display: block; }
.matrix td { white-space: nowrap; font-variant-numeric: tabular-nums; }
.matrix td svg { display: inline-block; width: 13px; height: 13px; color: var(--tone); vertical-align: -2px; margin-right: .3rem; }
.matrix td small { display: block; white-space: normal; }
.matrix .fault { background: var(--fail-ground); outline: 2px solid var(--fail); outline-offset: -2px; }
`;
