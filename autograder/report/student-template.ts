/** The student page. Its view is StudentView; a name that is not in it throws when the page is drawn. */

export const studentBody = `<header class="top">
<div class="inner">
<p class="brand">elbow <span>homework report</span></p>
<h1>{{assignment}}</h1>
<p class="who"><strong>{{student}}</strong>{{#if studentId}} <span>{{studentId}}</span>{{/if}}</p>
</div>
</header>
<main class="inner">
{{> warnings}}
{{#if stopped}}{{> stopped stopped}}{{/if}}
{{#if total}}{{> total total}}{{/if}}
{{#if questions}}{{> summary}}{{/if}}
{{#each questions}}{{> question this}}
{{/each}}
{{#if notes}}<section class="notes" aria-labelledby="notes">
<h2 id="notes">Notes on your hand-in</h2>
<ul>
{{#each notes}}<li>{{this}}</li>
{{/each}}</ul>
</section>{{/if}}
</main>
<footer class="foot inner">
{{> footing footing}}
{{#if source}}<p>Hand-in: <span class="file">{{source}}</span></p>{{/if}}
</footer>`;

const stopped = `<section class="stopped {{outcome}}" aria-labelledby="stopped">
<svg aria-hidden="true" focusable="false"><use href="#sign-{{outcome}}"/></svg>
<div>
<h2 id="stopped">{{title}}</h2>
<p class="reason">{{reason}}</p>
<p>{{advice}}</p>
</div>
</section>`;

const total = `<section class="total" aria-labelledby="total">
<div class="figure">
<h2 id="total">{{label}}</h2>
<p><strong>{{figure}}</strong> <span>{{of}}</span></p>
</div>
<div class="parts">
{{> bar bar}}
<dl>
{{#each lines}}<div><dt>{{name}}</dt><dd>{{value}}</dd></div>
{{/each}}</dl>
{{#if open}}<p class="open">{{open}}</p>{{/if}}
</div>
</section>`;

const summary = `<section aria-labelledby="summary">
<h2 id="summary">By question</h2>
<div class="sheet">
<table class="summary">
<thead><tr><th scope="col">Question</th><th scope="col">Tasks</th><th scope="col" class="number">Marks</th></tr></thead>
<tbody>
{{#each questions}}<tr>
<th scope="row"><a href="#{{anchor}}">{{title}}</a></th>
<td><ul class="chips">{{#each tasks}}<li><a class="chip {{outcome}}" href="#{{anchor}}" title="{{title}}: {{word}}"><svg aria-hidden="true" focusable="false"><use href="#sign-{{outcome}}"/></svg><span class="unseen">{{title}}: {{word}}</span></a></li>{{/each}}</ul></td>
<td class="number">{{#each lines}}<div><strong>{{earned}}</strong> of {{points}}{{#if kind}} {{kind}}{{/if}}{{#if open}} <small>{{open}}</small>{{/if}}</div>{{/each}}</td>
</tr>
{{/each}}</tbody>
</table>
</div>
</section>`;

const question = `<section class="question" aria-labelledby="{{anchor}}">
<h2 id="{{anchor}}">{{title}}</h2>
{{#each tasks}}{{> task this}}
{{/each}}</section>`;

const task = `<article class="sheet task {{outcome}}" id="{{anchor}}">
<div class="head">
<div>
<h3>{{title}}{{#if bonus}} <span class="bonus">bonus</span>{{/if}}</h3>
{{#if where}}<p class="where"><code>{{where}}</code>{{#if handoutName}} <span>in the handout <code>{{handoutName}}</code></span>{{/if}}</p>{{/if}}
</div>
<p class="verdict">{{> badge this}}<span class="marks">{{#if points}}<strong>{{earned}}</strong> of {{points}}{{else}}no marks{{/if}}</span></p>
</div>
{{#if reason}}<p class="said">A person set this mark in place of the machine’s: {{reason}}</p>{{/if}}
{{#if comment}}<p class="said">{{comment}}</p>{{/if}}
{{#if message}}<p class="said">{{message}}</p>{{/if}}
{{#if meaning}}<p class="meaning">{{meaning}}</p>{{/if}}
{{#if error}}{{> error error}}{{/if}}
{{#if diagnosis}}<div class="hint diagnosis"><p><strong>What your numbers show</strong> {{diagnosis}}</p></div>{{/if}}
{{#if checks}}<ul class="checks">
{{#each checks}}{{> check this}}
{{/each}}</ul>{{/if}}
{{#if derivation}}{{> derivation derivation}}{{/if}}
{{> figures figures}}
{{#if answer}}<section class="block"><h4>Your answer</h4><pre class="answer">{{answer}}</pre></section>{{/if}}
{{#if console}}<details class="block"><summary>Console output</summary><pre>{{console}}</pre></details>{{/if}}
{{#if remarks}}<section class="block remarks"><h4>Remarks, worth no marks</h4><ul>
{{#each remarks}}<li>{{this}}</li>
{{/each}}</ul></section>{{/if}}
</article>`;

const check = `<li class="{{outcome}}">
<div class="line"><svg class="sign" aria-hidden="true" focusable="false"><use href="#sign-{{outcome}}"/></svg><span class="name">{{title}}</span><span class="word">{{word}}</span><span class="marks">{{#if points}}{{earned}} of {{points}}{{else}}no marks{{/if}}</span></div>
{{#if message}}<p class="said">{{message}}</p>{{/if}}
{{#if hint}}<div class="hint"><p><strong>What to look at</strong> {{hint}}</p></div>{{/if}}
</li>`;

const error = `<section class="block error">
<h4>Your code stopped with {{name}}</h4>
<pre>{{message}}</pre>
{{#if frames}}<p>in your files, innermost first:</p>
<ol>
{{#each frames}}<li><code>{{this}}</code></li>
{{/each}}</ol>{{/if}}
</section>`;

export const studentPartials = { stopped, total, summary, question, task, check, error } as const;
