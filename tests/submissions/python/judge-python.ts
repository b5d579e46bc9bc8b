/** Judges hand-ins in Python task by task, all of them in one child: to start one takes a second or two, to ask it milliseconds. */
import path from 'node:path';
import { assignment as cs236 } from '../../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../../autograder/answer-key/answer-key.ts';
import { askStatistics } from '../../../autograder/ask-statistics.ts';
import { judgeTask, type TaskJudgement } from '../../../autograder/compare/compare.ts';
import { python } from '../../../autograder/languages/python/python.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import { Session } from '../../../autograder/session/session.ts';
import type { Question } from '../../../contract/question.ts';
import type { Reply } from '../../../contract/reply.ts';
import { inLanguage, type Place } from '../../../contract/in-language.ts';
import { type Assignment, tasksOf } from '../../../contract/rubric.ts';
import type { TextFile } from '../../../contract/submission.ts';
import type { FunctionTask } from '../../../contract/task.ts';
import { buildStaleChildren } from '../../autograder/session/stale-children.ts';
import { GENEROUS } from '../../autograder/session/student-session.ts';

await buildStaleChildren();

/** Why tests of Python are skipped here; null where they run. */
export const missingPython: string | null = python.launch('cpu') === null ? 'no Python with PyTorch: see elbow doctor' : null;

export const pythonTasks: readonly FunctionTask[] = pythonTasksOf(cs236);

/** As a hand-in of these files has them; of none, as they are asked for. */
export function pythonTasksOf(assignment: Assignment, files: readonly TextFile[] = []): readonly FunctionTask[] {
  const defined = new Map(files.map((file) => [file.path, python.definitions(file)]));
  const handedIn = { paths: [...defined.keys()], defines: ({ module, function: name }: Place) => defined.get(module)?.has(name) === true };
  return tasksOf(inLanguage(assignment, 'python', handedIn)).filter((task) => task.kind === 'function');
}

export interface PythonJudge {
  /** What a task of a hand-in got, on all its cases or on those that are named. */
  readonly judge: (handIn: string, task: FunctionTask, cases?: readonly string[]) => Promise<TaskJudgement>;
  readonly close: () => Promise<void>;
}

/** `given`: files that are the same for all. */
export async function openPythonJudge(handIns: ReadonlyMap<string, readonly TextFile[]>, assignment: Assignment = cs236, given: readonly TextFile[] = []): Promise<PythonJudge> {
  const key = await openAnswerKey(path.join(projectRoot, 'fixtures', assignment.id), { basicOnly: false });
  const launch = python.launch('cpu');
  if (launch === null) throw new Error('there is no Python');
  const code = await python.prepare([...handIns].flatMap(([name, files]) => files.map((file) => apart(name, file))));
  const originals = await python.prepare(given);
  const session = await Session.open(launch, 'none', { ...GENEROUS, cpuSeconds: 600, wallSeconds: 3000, memoryMegabytes: 2048 }, { files: [...code.files], originals: [...originals.files] }, 100);
  if (!(session instanceof Session)) throw new Error(JSON.stringify(session));
  return {
    judge: async (handIn, task, cases) => {
      const asked = key.questionsFor(task).filter((entry) => cases === undefined || cases.includes(entry.case));
      const ids = new Set(asked.map((entry) => entry.case));
      const expectations = key.expectationsFor(task).filter((expectation) => ids.has(expectation.case));
      const place = pythonTasksOf(assignment, handIns.get(handIn)).find(({ id }) => id === task.id) ?? task;
      const mine = (question: Question): Question => ({ ...question, function: place.function, module: folderOf(handIn) + withoutHome(place.module) });
      const replies = new Map<string, Reply>();
      session.startTask();
      for (const entry of asked) replies.set(entry.case, await session.ask(mine(entry.question)));
      const judgement = judgeTask(task, expectations, replies, () => key.mistakesFor(task));
      const expectation = judgement.needsStatistics ? key.statisticalExpectationFor(task) : null;
      if (expectation === null) return judgement;
      const statistics = { expectation, replies: await askStatistics(key.statisticalQuestionsFor(task).map(mine), session) };
      return judgeTask(task, expectations, replies, () => key.mistakesFor(task), statistics);
    },
    close: () => session.close(),
  };
}

const HOME = 'codebase/';

/** Each below a folder of its own, and so with imports that lead from its own files. */
function apart(handIn: string, { path: file, text }: TextFile): TextFile {
  const own = text.replaceAll('from codebase import utils', 'from .. import utils').replaceAll('from codebase.models import nns', 'from . import nns');
  return { path: folderOf(handIn) + withoutHome(file), text: own };
}

function withoutHome(file: string): string {
  return file.startsWith(HOME) ? file.slice(HOME.length) : file;
}

function folderOf(handIn: string): string {
  return `${handIn.replaceAll(/\W/g, '_')}/`;
}
