import { derivationPartial } from './derivation-template.ts';

/** Pieces that both pages use: the signs of the outcomes as shapes, a badge, and the bar of marks. */

const signs = `<svg class="signs" aria-hidden="true" focusable="false" width="0" height="0">
<symbol id="sign-pass" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.25"/><path d="M4.7 8.3 7 10.6l4.4-5"/></symbol>
<symbol id="sign-fail" viewBox="0 0 16 16"><rect x="1.25" y="1.25" width="13.5" height="13.5" rx="3"/><path d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4"/></symbol>
<symbol id="sign-unanswered" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.25" stroke-dasharray="2.6 2"/><path d="M5 8h6"/></symbol>
<symbol id="sign-awaiting-person" viewBox="0 0 16 16"><circle cx="8" cy="5" r="2.6"/><path d="M2.8 14.2c.5-3 2.5-4.7 5.2-4.7s4.7 1.7 5.2 4.7"/></symbol>
<symbol id="sign-not-gradable" viewBox="0 0 16 16"><path d="M8 1.5 15.2 14H.8z"/><path d="M8 6v3.6m0 1.9v.2"/></symbol>
</svg>`;

/** An outcome: its shape, and its word for everyone. */
const badge = `<span class="badge {{outcome}}"><svg aria-hidden="true" focusable="false"><use href="#sign-{{outcome}}"/></svg>{{word}}</span>`;

/** Parts of a whole side by side; each kind has a texture of its own, and the legend below says the numbers. */
const bar = `<svg class="bar" role="img" aria-label="{{description}}">
<defs>
<pattern id="{{id}}-stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground awaiting-person" width="6" height="6"/><rect class="ink awaiting-person" width="2.5" height="6"/></pattern>
<pattern id="{{id}}-dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="ground not-gradable" width="6" height="6"/><circle class="ink not-gradable" cx="3" cy="3" r="1.5"/></pattern>
</defs>
{{#each segments}}<rect class="part {{kind}}" x="{{x}}%" y="0" width="{{width}}%" height="100%"{{#if texture}} fill="url(#{{../id}}-{{texture}})"{{/if}}/>
{{/each}}</svg>
{{#if segments}}<ul class="legend">
{{#each segments}}<li><svg aria-hidden="true" focusable="false"><rect class="part {{kind}}" width="100%" height="100%" rx="2"{{#if texture}} fill="url(#{{../id}}-{{texture}})"{{/if}}/></svg>{{label}}</li>
{{/each}}</ul>{{/if}}`;

const warnings = `{{#if warnings}}<section class="warnings" aria-labelledby="warnings">
<h2 id="warnings">Please note</h2>
<ul>
{{#each warnings}}<li>{{this}}</li>
{{/each}}</ul>
</section>
{{/if}}`;

const footing = `{{#each fixtures}}<p>Compared with fixtures {{this}}</p>
{{/each}}{{#each isolation}}<p>Isolation: {{this}}</p>
{{/each}}`;

/** A list of FigureView. */
const figures = `{{#if this}}<div class="figures">
{{#each this}}<figure><img src="data:image/png;base64,{{png}}" alt="{{caption}}"><figcaption>{{caption}}</figcaption></figure>
{{/each}}</div>{{/if}}`;

export const sharedPartials = { signs, badge, bar, warnings, footing, figures, derivation: derivationPartial } as const;
