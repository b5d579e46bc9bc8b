/** What only derivations need. A wide formula scrolls by itself on the screen; on paper it is set smaller. */
export const derivationStyle = `
.derivation { list-style: none; margin-top: 1rem; border-top: 1px solid var(--line); }
.derivation > li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.derivation > li:last-child { border-bottom: 0; padding-bottom: 0; }
.step { display: flex; align-items: center; gap: .75rem; }
.step .place { flex: none; min-width: 1.6rem; text-align: right; font-size: .8125rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.step .formula { flex: 1; min-width: 0; overflow-x: auto; padding: .2rem 0; overflow-wrap: normal; }
.step .formula:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.step .formula pre { white-space: pre; }
.step .word { flex: none; display: inline-flex; align-items: center; gap: .4rem; font-size: .8125rem; color: var(--tone); }
.step .word svg { width: 15px; height: 15px; }
.derivation > li.fail { background: var(--fail-ground); margin: 0 -1.5rem; padding-left: 1.5rem; padding-right: 1.5rem; }
.derivation .said { margin: .15rem 0 0 2.35rem; color: var(--quiet); font-size: .9375rem; }
.derivation .fail .said { color: var(--ink); }
math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", math; font-size: 1.06rem; }
@media (max-width: 40rem) { .step { flex-wrap: wrap; } .step .formula { flex-basis: 70%; } .step .word { margin-left: 2.35rem; } .derivation > li.fail { margin: 0 -1rem; padding-left: 1rem; padding-right: 1rem; } }
@media print { .step .formula { overflow: visible; } math { font-size: .9em; } .derivation > li { break-inside: avoid; } }
`;
