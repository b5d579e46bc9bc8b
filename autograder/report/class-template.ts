/** The class page. Its view is ClassView; a name that is not in it throws when the page is drawn. */

export const classBody = `<header class="top">
<div class="inner wide">
<p class="brand">elbow <span>class report, for staff only</span></p>
<h1>{{title}}</h1>
<p class="who">{{counts}}</p>
</div>
</header>
<main class="inner wide">
{{> warnings}}
{{> attention}}
{{#if notes}}<section class="notes" aria-labelledby="notes">
<h2 id="notes">Notes</h2>
<ul>
{{#each notes}}<li>{{this}}</li>
{{/each}}</ul>
</section>{{/if}}
{{> distribution}}
{{> tasks}}
{{> ungraded}}
{{> decided}}
{{> students}}
{{> details}}
</main>
<footer class="foot inner wide">
{{> footing footing}}
</footer>`;

const attention = `<section aria-labelledby="attention">
<h2 id="attention">What needs a person</h2>
{{#if nothingWaits}}<p class="calm">Nothing: every hand-in is graded, and no mark is open.</p>{{/if}}
{{#if stopped}}<h3>Hand-ins without marks</h3>
<div class="sheet scroll" role="group" tabindex="0" aria-label="Hand-ins without marks"><table>
<thead><tr><th scope="col">Student</th><th scope="col">Status</th><th scope="col">Reason</th></tr></thead>
<tbody>
{{#each stopped}}<tr><th scope="row"><a href="{{student.href}}">{{student.name}}</a></th><td>{{> badge this}}</td><td class="reason">{{reason}}</td></tr>
{{/each}}</tbody>
</table></div>{{/if}}
{{#if notGradable}}<p class="calm">Some tasks could not be graded: <a href="#not-gradable">which, and why</a>.</p>{{/if}}
{{#if awaiting}}<h3>Answers a person marks</h3>
{{#each awaiting}}{{> waiting this}}
{{/each}}{{/if}}
</section>`;

const waiting = `<details class="sheet waiting">
<summary><span class="name">{{title}} <code>{{task}}</code></span> <span class="count">{{count}}</span></summary>
{{#if reason}}<p class="said">{{reason}}</p>{{/if}}
<ul class="names">
{{#each students}}<li><a href="{{href}}">{{name}}</a></li>
{{/each}}</ul>
</details>`;

const ungraded = `{{#if notGradable}}<section aria-labelledby="not-gradable">
<h2 id="not-gradable">Not gradable</h2>
<p class="calm">A fault of the grader or the machine. It costs no marks; grading again may mend it.</p>
{{#each notGradable}}{{> waiting this}}
{{/each}}</section>{{/if}}`;

const decided = `{{#if decisions}}<section aria-labelledby="decided">
<h2 id="decided">Put right by hand</h2>
<p class="calm">Marks in place of the machine's (manual-marks.csv) and waived tasks (the term's file).</p>
<div class="sheet scroll" role="group" tabindex="0" aria-labelledby="decided"><table>
<thead><tr><th scope="col">Task</th><th scope="col">Whose</th><th scope="col">Reason</th></tr></thead>
<tbody>
{{#each decisions}}<tr><th scope="row"><code>{{task}}</code></th><td>{{#each students}}<a href="{{href}}">{{name}}</a> {{/each}}{{who}}</td><td class="reason">{{reason}}</td></tr>
{{/each}}</tbody>
</table></div>
</section>{{/if}}`;

const distribution = `<section aria-labelledby="distribution">
<h2 id="distribution">Marks given by the machine</h2>
<div class="sheet chart">
{{#if histogram.bins}}<svg class="histogram" viewBox="0 0 640 200" role="img" aria-label="Histogram. {{histogram.description}}{{#each histogram.bins}}{{#if count}} {{range}}: {{count}}.{{/if}}{{/each}}">
{{#each histogram.bins}}<rect class="column" x="{{x}}" y="{{y}}" width="{{width}}" height="{{height}}" rx="3"/><text class="count" x="{{middle}}" y="{{countY}}">{{count}}</text><text class="tick" x="{{middle}}" y="190">{{range}}</text>
{{/each}}<path class="axis" d="M0 170.5h640"/>
</svg>{{/if}}
<p>{{histogram.description}}</p>
{{#if histogram.leftOut}}<p class="meaning">{{histogram.leftOut}}</p>{{/if}}
</div>
</section>`;

const tasks = `{{#if hardest}}<section aria-labelledby="hardest">
<h2 id="hardest">Hardest tasks</h2>
<div class="sheet scroll" role="group" tabindex="0" aria-labelledby="hardest"><table>
<thead><tr><th scope="col">Task</th><th scope="col">Full marks</th><th scope="col">Outcomes</th></tr></thead>
<tbody>
{{#each hardest}}<tr><th scope="row">{{title}}<br><code>{{id}}</code></th><td class="share"><span>{{share}}</span><svg aria-hidden="true" focusable="false"><rect class="part lost" width="100%" height="100%" rx="3"/><rect class="part earned" width="{{width}}%" height="100%" rx="3"/></svg></td><td class="outcomes"><small>{{outcomes}}</small></td></tr>
{{/each}}</tbody>
</table></div>
</section>
{{/if}}{{#if mistakes}}<section aria-labelledby="mistakes">
<h2 id="mistakes">Common misconceptions</h2>
<div class="sheet scroll" role="group" tabindex="0" aria-labelledby="mistakes"><table>
<thead><tr><th scope="col">What students were told</th><th scope="col">Task</th><th scope="col" class="number">Hand-ins</th></tr></thead>
<tbody>
{{#each mistakes}}<tr><th scope="row">{{feedback}}{{#if ids}}<br><code>{{ids}}</code>{{/if}}</th><td><code>{{task}}</code></td><td class="number">{{count}}</td></tr>
{{/each}}</tbody>
</table></div>
</section>
{{/if}}{{#if failures}}<section aria-labelledby="failures">
<h2 id="failures">Checks that failed most</h2>
<div class="sheet scroll" role="group" tabindex="0" aria-labelledby="failures"><table>
<thead><tr><th scope="col">Check</th><th scope="col">Task</th><th scope="col" class="number">Hand-ins</th></tr></thead>
<tbody>
{{#each failures}}<tr><th scope="row">{{title}}</th><td><code>{{task}}</code></td><td class="number">{{count}}</td></tr>
{{/each}}</tbody>
</table></div>
</section>{{/if}}`;

const students = `{{#if students}}<section aria-labelledby="students">
<h2 id="students">Students</h2>
<p class="calm">An empty final mark is open, not zero.</p>
<div class="sheet scroll" role="group" tabindex="0" aria-labelledby="students"><table>
<thead><tr><th scope="col">Student</th><th scope="col">Status</th><th scope="col" class="number">Raw</th><th scope="col" class="number">Bonus</th><th scope="col" class="number">Final</th><th scope="col" class="number">Awaiting</th><th scope="col" class="number">Not gradable</th><th scope="col">For staff</th></tr></thead>
<tbody>
{{#each students}}<tr><th scope="row"><a href="{{student.href}}">{{student.name}}</a>{{#if id}} <small>{{id}}</small>{{/if}}</th><td>{{status}}</td><td class="number">{{raw}}</td><td class="number">{{bonus}}</td><td class="number"><strong>{{final}}</strong></td><td class="number">{{awaiting}}</td><td class="number">{{notGradable}}</td><td>{{#if details}}<a href="{{details}}">details<span class="unseen"> of {{student.name}}</span></a>{{/if}}</td></tr>
{{/each}}</tbody>
</table></div>
</section>{{/if}}`;

const details = `{{#if details}}<section aria-labelledby="details">
<h2 id="details">Evidence, student by student</h2>
{{#each details}}<details class="sheet evidence" id="{{anchor}}">
<summary><span class="name">{{name}}</span> <span class="count">{{summary}}</span></summary>
{{#each tasks}}<h3><code>{{id}}</code></h3>
{{#each diagnosis}}<p class="said">{{this}}</p>
{{/each}}<ul class="checks">
{{#each checks}}<li class="{{outcome}}">
<div class="line"><svg class="sign" aria-hidden="true" focusable="false"><use href="#sign-{{outcome}}"/></svg><span class="name">{{title}}</span><span class="word">{{word}}</span></div>
{{#if message}}<p class="said">{{message}}</p>{{/if}}
{{#if evidence}}<pre>{{#each evidence}}{{this}}
{{/each}}</pre>{{/if}}
</li>
{{/each}}</ul>
{{/each}}</details>
{{/each}}</section>{{/if}}`;

export const classPartials = { attention, waiting, ungraded, decided, distribution, tasks, students, details } as const;
