/** All answers to one question on one page, for the person who marks them: no names, in the order of the sheet. */
import type { TaskResult } from '../../contract/outcome.ts';
import { type DerivationLineView, viewDerivation } from './derivation-view.ts';
import { type FigureView, viewFigures } from './figure-view.ts';
import { pageOf } from './html.ts';
import { marks } from './marks.ts';
import { onOneLine, withVisibleText } from './visible-text.ts';

export interface AnswerToMark {
  /** As the marking sheet calls it. */
  readonly row: string;
  /** What was typed, or where to look for it. */
  readonly text: string;
  /** What the machine found in it, where it read it. */
  readonly derivation?: TaskResult['derivation'];
  /** Pictures that belong to it. */
  readonly figures?: TaskResult['figures'];
}

interface AnswerView extends Pick<AnswerToMark, 'row' | 'text'> {
  readonly vouched: string;
  readonly derivation: readonly DerivationLineView[];
  readonly figures: readonly FigureView[];
}

interface MarkingView {
  readonly pageTitle: string;
  readonly assignment: string;
  readonly title: string;
  readonly task: string;
  readonly points: string;
  readonly count: string;
  readonly guidance: string;
  readonly answers: readonly AnswerView[];
}

const body = `<header class="top">
<div class="inner">
<p class="brand">elbow <span>marking, for staff only</span></p>
<h1>{{title}}</h1>
<p class="who">{{assignment}} <code>{{task}}</code></p>
</div>
</header>
<main class="inner">
<section class="sheet task" aria-labelledby="guidance">
<h2 id="guidance">Model answer and criteria</h2>
<p class="meaning">Out of {{points}}.</p>
{{#if guidance}}<pre class="answer">{{guidance}}</pre>{{else}}<p>None is kept for this task.</p>{{/if}}
</section>
<section aria-labelledby="answers">
<h2 id="answers">{{count}}</h2>
<p class="meaning">Type each mark into staff/manual-marks.csv, in the row of the same name, and grade again with the same command.</p>
{{#each answers}}<article class="sheet task" id="{{row}}">
<h3><code>{{row}}</code></h3>
<pre class="answer">{{text}}</pre>
{{> figures figures}}
{{#if vouched}}<h4>What the machine found</h4>
<p class="meaning">{{vouched}}</p>
{{> derivation derivation}}{{/if}}
</article>
{{/each}}</section>
</main>`;

const draw = pageOf<MarkingView>(body, {});

export function markingPage(
  assignment: string,
  { title, task, points }: { readonly title: string; readonly task: string; readonly points: number },
  guidance: string,
  answers: readonly AnswerToMark[],
): string {
  const view = {
    pageTitle: `Marking: ${onOneLine(title)}`,
    assignment: onOneLine(assignment),
    title: onOneLine(title),
    task,
    points: marks(points),
    count: answers.length === 1 ? '1 answer' : `${answers.length} answers`,
    guidance,
    answers: answers.map(viewAnswer),
  };
  return draw(withVisibleText(view));
}

function viewAnswer({ row, text, derivation, figures }: AnswerToMark): AnswerView {
  const vouched = derivation === undefined ? '' : `By itself the machine would give ${marks(derivation.vouchedFor)}. The lines as it read them:`;
  return { row, text, vouched, derivation: viewDerivation(derivation), figures: viewFigures(figures) };
}
