/** A derivation on a page, for students and for whoever marks it. Its view is a list of DerivationLineView. */

export const derivationPartial = `<ol class="derivation">
{{#each this}}<li{{#if outcome}} class="{{outcome}}"{{/if}}>
<div class="step"><span class="place"><span class="unseen">line </span>{{number}}</span>
<div class="formula" tabindex="0" role="group" aria-label="line {{number}}">{{#if mathml}}{{{mathml}}}{{else}}{{#if excerpt}}<pre>{{excerpt}}</pre>{{else}}<code>{{source}}</code>{{/if}}{{/if}}</div>
{{#if outcome}}<span class="word"><svg aria-hidden="true" focusable="false"><use href="#sign-{{outcome}}"/></svg>{{word}}</span>{{/if}}</div>
{{#each said}}<p class="said">{{this}}</p>
{{/each}}{{#each notes}}<p class="said">Note: {{this}}</p>
{{/each}}</li>
{{/each}}</ol>`;
