/**
 * `elbow doctor --starter`: holds a course's own hand-out against its file of names, before a student has it. Each
 * function must be found, be one, and take what it will be called with; what is missing is named with the next step.
 */
import path from 'node:path';
import colours from 'picocolors';
import { CONVENTIONS_FILE } from '../../contract/in-language.ts';
import { NAMES_FILE } from '../../contract/names.ts';
import type { Question } from '../../contract/question.ts';
import type { Reply } from '../../contract/reply.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { Intake, Submission } from '../../contract/submission.ts';
import type { FunctionTask } from '../../contract/task.ts';
import { openAnswerKey } from '../answer-key/answer-key.ts';
import { readHandIn } from '../intake/intake.ts';
import { languages } from '../languages/languages.ts';
import { gradeIntake, type Grading, inItsLanguage } from '../pipeline.ts';
import { Session } from '../session/session.ts';
import { type Console, exitCodes, MachineError, UsageError } from './console.ts';
import { fixturesFolder, ownFolder, ownFolderRules, readOriginals, readTemplateTexts } from './course-files.ts';
import { definitionPlaces } from './definition-places.ts';
import { assignmentOf, NAMED_LANGUAGE } from './names-file.ts';
import { inOtherLanguages } from './other-languages.ts';

const language = languages[NAMED_LANGUAGE];

export async function inspectStarter(folder: string, names: string | undefined, console: Console): Promise<number> {
  const root = ownFolder(folder);
  const assignment = await assignmentOf(root, names === undefined ? {} : { names });
  const namesFile = names ?? path.join(folder, NAMES_FILE);
  const intake = await readHandIn({ student: { id: path.basename(root) }, source: root, path: root }, ownFolderRules(assignment));
  const submission = inPython(intake, assignment, folder, namesFile);
  const whole = await gradingOf(assignment);
  const grading = inItsLanguage(whole, submission);
  const tasks = tasksOf(grading.assignment).filter((task) => task.kind === 'function');
  const places = definitionPlaces(grading.assignment, submission.code, language);
  const replies = await askAll(tasks, submission, grading);
  console.print(`${assignment.title}, as ${folder} has it:`);
  const asked = tasks.filter(({ points }) => points > 0).length;
  let missing = 0;
  for (const task of tasks) {
    const problem = problemOf(task, submission, replies.get(task.id), namesFile);
    if (problem !== null && task.points === 0) {
      console.print(`– ${task.id}  practice worth no marks, which is not here`);
      continue;
    }
    if (problem !== null) missing += 1;
    const mark = problem === null ? colours.green('✓') : colours.red('✗');
    console.print(`${mark} ${task.id}  ${problem === null ? `${task.function} in ${places.get(task.id) ?? task.module}` : problem.what}`);
    if (problem !== null) console.print(`  Next  ${problem.next}`);
  }
  console.print('');
  if (missing > 0) {
    console.print(`${missing} of ${asked} functions are not found as they are needed. What ${NAMES_FILE} can say: docs/names.md`);
    return exitCodes.needsAttention;
  }
  console.print(`All ${asked} functions are found, and take what they will be called with.`);
  return untouched(intake, whole, console);
}

function inPython(intake: Intake, assignment: Assignment, folder: string, names: string): Submission {
  if (intake.kind === 'refused') throw new UsageError(`${folder}: ${intake.refusal.reason}`);
  if (intake.submission.language === NAMED_LANGUAGE) return intake.submission;
  const asked = assignment.handIn.otherLanguages?.[NAMED_LANGUAGE]?.code ?? [];
  throw new UsageError(`${folder} holds none of ${asked.join(', ')}. Next: say in ${names}, as "module" of each function, which file has it.`);
}

async function gradingOf(assignment: Assignment): Promise<Grading> {
  const key = await openAnswerKey(fixturesFolder(assignment, undefined), { basicOnly: true });
  return {
    assignment,
    key,
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts: await readTemplateTexts(assignment),
    // A course's own code on its own machine.
    isolation: 'none',
    backend: 'cpu',
    warnings: [],
    otherLanguages: await inOtherLanguages(assignment, key),
  };
}

/** Each function is met with what it will be called with, and not called. */
async function askAll(tasks: readonly FunctionTask[], submission: Submission, { key, originals, assignment }: Grading): Promise<ReadonlyMap<string, Reply>> {
  const launch = language.launch('cpu');
  if (launch === null) throw new MachineError('There is no Python with PyTorch on this machine: elbow doctor says how to get it.');
  const [code, given] = await Promise.all([language.prepare(submission.code), language.prepare([...originals, { path: CONVENTIONS_FILE, text: language.conventions?.asAsked([]) ?? '' }])]);
  const load = { files: [...code.files], originals: [...new Map(given.files.map((file) => [file.path, file])).values()] };
  const session = await Session.open(launch, 'none', assignment.limits, load, tasks.length);
  if (!(session instanceof Session)) throw new MachineError(`Python did not start: ${session.kind === 'our-fault' ? session.problem : session.kind}`);
  try {
    const replies = new Map<string, Reply>();
    for (const task of tasks) {
      const question = key.questionsFor(task)[0]?.question;
      if (question === undefined) continue;
      session.startTask();
      replies.set(task.id, await session.ask(looked(question)));
    }
    return replies;
  } finally {
    await session.close();
  }
}

function looked({ training: _training, ...question }: Question): Question {
  return { ...question, through: { module: CONVENTIONS_FILE, function: 'fits' }, gradients: [] };
}

/** What is wrong, in a sentence, and what to do about it; null where nothing is. */
function problemOf(task: FunctionTask, { code }: Submission, reply: Reply | undefined, names: string): { readonly what: string; readonly next: string } | null {
  const file = code.find(({ path: name }) => name === task.module);
  if (file === undefined) {
    return { what: `there is no ${task.module}; here are ${code.map(({ path: name }) => name).join(', ')}`, next: `add "module" to ${task.id} in ${names}, with the file that has it.` };
  }
  if (reply === undefined || reply.kind === 'returned') return null;
  if (reply.kind === 'unanswered') {
    const defined = [...language.definitions(file).keys()].filter((name) => !name.includes('.__')).slice(0, 20);
    return { what: `${task.module} has nothing named ${task.function}; it has ${defined.join(', ') || 'no definitions'}`, next: `put the course's name into ${names}: "functions": { "${task.id}": { "function": … } }.` };
  }
  if (reply.kind !== 'threw') return { what: `${task.module} could not be loaded (${reply.kind})`, next: `load it by hand: what runs at import must end by itself.` };
  const next = reply.error.message.startsWith('it takes') ? `if only the order differs, say it as "arguments" in ${names}; another number of arguments needs a function in the hand-out that takes these.` : `mend ${task.module}, then run this again.`;
  return { what: `${task.function} in ${task.module}: ${reply.error.message}`, next };
}

/** A hand-out as it is given must read as unwritten, or whoever hands it in is told that they are wrong. */
async function untouched(intake: Intake, grading: Grading, console: Console): Promise<number> {
  const { result } = await gradeIntake(intake, grading);
  const tasks = result.questions.flatMap((question) => question.tasks).filter(({ handoutName }) => handoutName !== '');
  const written = tasks.filter(({ outcome }) => outcome !== 'unanswered');
  if (written.length === 0) {
    console.print('As it stands, every one of them is taken for not written yet.');
    return exitCodes.done;
  }
  if (written.length === tasks.length && written.every(({ outcome }) => outcome === 'pass')) {
    console.print('As it stands, every one of them passes: it is a solution.');
    return exitCodes.done;
  }
  console.print(`As it stands, ${written.length === 1 ? 'one of them is' : `${written.length} of them are`} not taken for unwritten: ${written.map(({ task, outcome }) => `${task} (${outcome})`).join(', ')}.`);
  console.print('  Next  let the functions that students write raise NotImplementedError, or hold nothing but pass.');
  return exitCodes.needsAttention;
}
