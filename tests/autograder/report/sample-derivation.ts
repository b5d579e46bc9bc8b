/** A result with one derivation of every kind of line, as the grader makes it. */
import { gradeDerivation } from '../../../autograder/grade-derivation.ts';
import type { SubmissionResult, TaskResult } from '../../../contract/result.ts';
import type { DerivationTask } from '../../../contract/task.ts';
import { mixed, task } from './sample-results.ts';

const asked: DerivationTask = { kind: 'derivation', id: 'cs236-hw2/iwae/lower-bound-proof', title: 'Proof of the bounds', points: 6, bonus: false, file: 'derivations/iwae-lower-bound-proof.md' };

export const EVERY_KIND = `\`\`\`
log p(x) = log(sum[z](p(x, z)))
= log(E[q(z|x)](p(x, z) / q(z|x)))
>= L[1]
>= log p(x) - p(x)^2
= E[q(z|x)(log p(x))
= log p(x)
\`\`\`

\`\`\`
log p(x) = log(sum[z](p(x, z)))
= log(E[q(z[1..m]|x)](1/m * sum[i=1..m](p(x, z[i]) / q(z[i]|x))))
>= E[q(z[1..m]|x)](log(1/m * sum[i=1..m](p(x, z[i]) / q(z[i]|x))))
= L[m]
<= L[1]
\`\`\`

\`\`\`
log p(x) >= L[m]
\`\`\`
`;

export const WITHOUT_REASON = '```\np(x) - 1 >= log p(x)\n= E[q(z|x)](log p(x)) - foo\n```\n';

export function derived(page: string): TaskResult {
  const submission = { student: { id: 's1' }, source: 's1.zip', code: [], written: [{ path: asked.file, text: page }], results: [], attachments: [], notes: [] };
  return { ...task('iwae/lower-bound-proof', asked.title, asked.points, 'unanswered', { where: asked.file }), ...gradeDerivation(asked, submission, []) };
}

export function withDerivations(...pages: readonly string[]): SubmissionResult {
  return { ...mixed, questions: [{ id: 'iwae', title: 'Importance weighted autoencoder', tasks: pages.map(derived) }] };
}
