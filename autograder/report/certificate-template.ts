/** The page of a certificate. Its view is CertificateView; a name that is not in it throws when the page is drawn. */

export const certificateBody = `<header class="top">
<div class="inner widest">
<p class="brand">elbow <span>certificate of fixtures, for staff only</span></p>
<h1>{{title}}</h1>
<p class="who">{{who}}</p>
</div>
</header>
<main class="inner widest">
{{#if problems}}<section class="stopped fail" aria-labelledby="problems">
<svg aria-hidden="true" focusable="false"><use href="#sign-fail"/></svg>
<div><h2 id="problems">Not certified</h2>
<ul>
{{#each problems}}<li>{{this}}</li>
{{/each}}</ul></div>
</section>
{{else}}<section class="stopped pass" aria-labelledby="certified">
<svg aria-hidden="true" focusable="false"><use href="#sign-pass"/></svg>
<div><h2 id="certified">Certified</h2><p>Every hand-in got what it must.</p></div>
</section>{{/if}}
<p class="calm">{{named}}</p>
<p class="calm">A number is the largest difference from the right result, in tolerances: at most 1 agrees. Below it are the checks that were lost. What is framed is not as it must be.</p>
{{#each groups}}<section aria-labelledby="{{anchor}}">
<h2 id="{{anchor}}">{{title}}</h2>
<div class="sheet scroll matrix" role="group" tabindex="0" aria-labelledby="{{anchor}}"><table>
<thead><tr><th scope="col">Hand-in</th>{{#each ../columns}}<th scope="col"><strong>{{question}}</strong> {{name}}</th>{{/each}}<th scope="col">Taken for</th></tr></thead>
<tbody>
{{#each rows}}<tr><th scope="row"><code>{{id}}</code><small>{{description}}</small></th>{{#each cells}}<td class="{{outcome}}{{#if fault}} fault{{/if}}"><svg role="img" aria-label="{{word}}"><use href="#sign-{{outcome}}"/></svg>{{distance}}{{#if lost}}<small>{{lost}}</small>{{/if}}{{#if fault}}<small>{{fault}}</small>{{/if}}</td>{{/each}}<td{{#if misnamed}} class="fault"{{/if}}>{{taken}}</td></tr>
{{/each}}</tbody>
</table></div>
</section>
{{/each}}{{#if derivations}}<section aria-labelledby="derivations">
<h2 id="derivations">Derivations</h2>
<p class="calm">A line is counted in the page of its derivation.</p>
<div class="sheet scroll matrix" role="group" tabindex="0" aria-labelledby="derivations"><table>
<thead><tr><th scope="col">Derivation</th><th scope="col">Task</th><th scope="col">Outcome</th></tr></thead>
<tbody>
{{#each derivations}}<tr><th scope="row">{{title}}</th><td>{{task}}</td><td class="{{outcome}}{{#if fault}} fault{{/if}}"><svg role="img" aria-label="{{word}}"><use href="#sign-{{outcome}}"/></svg>{{got}}{{#if fault}}<small>{{fault}}</small>{{/if}}</td></tr>
{{/each}}</tbody>
</table></div>
</section>
{{/if}}</main>
<footer class="foot inner widest">
{{#each footing}}<p>{{this}}</p>
{{/each}}</footer>`;
