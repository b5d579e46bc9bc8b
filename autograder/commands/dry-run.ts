/** `elbow grade --dry-run`: who was found with what, and what is odd, before anything runs. */
import { inLanguage } from '../../contract/in-language.ts';
import type { Assignment } from '../../contract/rubric.ts';
import type { Intake } from '../../contract/submission.ts';
import { type Batch, readHandIn, shown } from '../intake/intake.ts';
import { type Console, exitCodes } from './console.ts';

export async function runDryRun(batch: Batch, assignment: Assignment, console: Console): Promise<number> {
  let refused = 0;
  for (const handIn of batch.handIns) {
    if (console.signal.aborted) return exitCodes.interrupted;
    const intake = await readHandIn(handIn, assignment.handIn);
    if (intake.kind === 'refused') refused += 1;
    for (const line of describe(intake, handIn.parts?.length ?? 1, assignment)) console.print(line);
  }
  console.print('');
  console.print(`${batch.handIns.length} ${batch.handIns.length === 1 ? 'hand-in' : 'hand-ins'} found, ${refused} of them refused; ${batch.absent.length} on the roster without one. Nothing was run or written.`);
  return refused > 0 ? exitCodes.needsAttention : exitCodes.done;
}

function describe(intake: Intake, parts: number, assignment: Assignment): readonly string[] {
  const from = (source: string): string => `${shown(source)}${parts > 1 ? ` and ${parts - 1} more` : ''}`;
  if (intake.kind === 'refused') {
    const { student, source, reason } = intake.refusal;
    return [`${who(student)}  from ${from(source)}`, `    REFUSED: ${reason}`];
  }
  const { student, source, language, code, written, attachments, results, notes } = intake.submission;
  const { handIn } = language === undefined ? assignment : inLanguage(assignment, language);
  const declared = code.filter(({ path }) => handIn.code.includes(path)).length;
  const answers = written.filter(({ path }) => handIn.written.includes(path)).length;
  return [
    `${who(student)}  from ${from(source)}`,
    `    ${declared} of ${handIn.code.length} code files${language === undefined ? '' : ` in ${language}`}, ${answers} of ${handIn.written.length} written files${[...attachments.map(({ name }) => name), ...results.map(({ path }) => path).filter((path) => !attachments.some(({ name }) => name === path))].map((name) => `, ${name}`).join('')}`,
    ...notes.map((note) => `    ${note}`),
  ];
}

function who({ id, name }: { readonly id: string; readonly name?: string }): string {
  return name === undefined ? id : `${id} (${shown(name)})`;
}
