/** `elbow derive`: a typed derivation, checked line by line, again after every save when asked. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { checkDerivation, type DerivationTask, derivationTasks, reportedLines, summary } from '../derivation/derivation.ts';
import { derivationText } from '../report/report.ts';
import { withoutTemplateBlocks } from '../written-answers.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { hasTemplate, readTemplatePage } from './course-files.ts';
import { watchFolder } from './watch-folder.ts';

export interface DeriveOptions {
  readonly task?: string;
  readonly watch: boolean;
}

export async function runDerive(file: string, options: DeriveOptions, console: Console): Promise<number> {
  const place = path.resolve(file);
  const checkOnce = async (): Promise<number> => {
    const page = await readPage(place);
    const task = options.task === undefined ? taskOf(place, page) : onlyTask(options.task);
    const result = checkDerivation(withoutTemplateBlocks(page, await readTemplatePage(task.id)), task);
    console.print(`${task.id}: ${task.title}\n`);
    const lines = derivationText(reportedLines(result.chains));
    for (const line of [...lines, ...(lines.length > 0 ? [''] : []), ...summary(result)]) console.print(line);
    return result.verdict === 'shown' ? exitCodes.done : exitCodes.needsAttention;
  };
  if (!options.watch) return checkOnce();
  await checkOnce();
  console.print(`\nWatching ${place}: checks again after every save, Ctrl-C to stop.`);
  let last = await readPage(place);
  const again = async (): Promise<void> => {
    // An editor may replace the file: for a moment there is none.
    const page = await fs.readFile(place, 'utf8').catch(() => last);
    if (page === last) return;
    last = page;
    await checkOnce();
  };
  await watchFolder(path.dirname(place), again, console.signal);
  return exitCodes.done;
}

async function readPage(place: string): Promise<string> {
  try {
    return await fs.readFile(place, 'utf8');
  } catch (error) {
    const isFolder = (error as NodeJS.ErrnoException).code === 'EISDIR';
    throw new UsageError(isFolder ? `${place} is a folder: name one page in it.` : `There is no file ${place} to read.`);
  }
}

/** By the id in the page's first heading, or by the file's name as in the template. */
function taskOf(place: string, page: string): DerivationTask {
  const heading = /^#\s+(\S+)\s*$/m.exec(page)?.[1] ?? '';
  const named = [...derivationTasks.values()].filter(({ id }) => id.split('/').slice(1).join('-') === path.basename(place, '.md'));
  const found = derivationTasks.get(heading) ?? (named.length === 1 ? named[0] : undefined);
  if (found !== undefined) return found;
  throw new UsageError(`Say which task this derives with --task. ${known()}`);
}

function onlyTask(wanted: string): DerivationTask {
  const fitting = [...derivationTasks.values()].filter(({ id }) => id.includes(wanted));
  const [found, ...others] = fitting;
  if (found !== undefined && others.length === 0) return found;
  throw new UsageError(`${fitting.length === 0 ? 'No' : 'More than one'} derivation task has '${wanted}' in its id. ${known()}`);
}

function known(): string {
  // A kit carries one homework's template, and its student has no other.
  const here = [...derivationTasks.keys()].filter((id) => hasTemplate(id.split('/')[0] ?? ''));
  return `The tasks are:\n${here.map((id) => `  ${id}`).join('\n')}`;
}
