/**
 * A guide as something that can be run: its `console` blocks hold commands after `$ ` and below each what it
 * prints, `...` standing for lines left out. `console watch` is stopped once it waits; `diff` is applied.
 */

import { projectRoot } from '../../autograder/paths.ts';

export interface Command {
  readonly kind: 'command' | 'watch';
  readonly text: string;
  readonly shown: readonly string[];
  /** Where what it prints begins and ends among the lines of the page. */
  readonly from: number;
  readonly to: number;
}

export interface Patch {
  readonly kind: 'patch';
  readonly text: string;
}

export function stepsOf(page: string): readonly (Command | Patch)[] {
  const lines = page.split('\n');
  const steps: (Command | Patch)[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const kind = /^```(console watch|console|diff)$/.exec(lines[at] ?? '')?.[1];
    if (kind === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    if (kind === 'diff') steps.push({ kind: 'patch', text: `${lines.slice(at + 1, end).join('\n')}\n` });
    else steps.push(...commandsIn(lines, at + 1, end, kind === 'console' ? 'command' : 'watch'));
    at = end;
  }
  return steps;
}

function commandsIn(lines: readonly string[], from: number, to: number, kind: Command['kind']): readonly Command[] {
  const starts = lines.map((line, at) => (at >= from && at < to && line.startsWith('$ ') ? at : -1)).filter((at) => at >= 0);
  return starts.map((start, place) => {
    let first = start + 1;
    while (lines[first - 1]?.endsWith('\\') === true) first += 1;
    const next = starts[place + 1] ?? to;
    // A blank line before the next command is only air.
    const last = lines[next - 1] === '' ? next - 1 : next;
    return { kind, text: lines.slice(start, first).join('\n').slice(2), shown: lines.slice(first, last), from: first, to: last };
  });
}

/** Whether what was printed is what is shown, as far as it is shown. */
export function isShown(printed: readonly string[], shown: readonly string[]): boolean {
  const pieces: string[][] = [[]];
  for (const line of shown) {
    if (line === '...') pieces.push([]);
    else pieces.at(-1)?.push(line);
  }
  let at = 0;
  for (const [place, piece] of pieces.entries()) {
    const isFirst = place === 0;
    const isLast = place === pieces.length - 1;
    const found = isFirst ? 0 : isLast ? Math.max(at, printed.length - piece.length) : placeOf(printed, piece, at);
    if (found < at || !piece.every((line, offset) => printed[found + offset] === line)) return false;
    at = found + piece.length;
  }
  return at === printed.length || shown.at(-1) === '...';
}

function placeOf(printed: readonly string[], piece: readonly string[], from: number): number {
  for (let at = from; at <= printed.length - piece.length; at += 1) if (piece.every((line, offset) => printed[at + offset] === line)) return at;
  return -1;
}

/** What differs from run to run, place to place and version to version of npm, made the same. */
export function steady(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line
      .replaceAll(/\d+\.\d+ s\b/g, '0.20 s')
      .replaceAll(/sha256 [0-9a-f]{64}/g, 'sha256 0')
      .replaceAll(/\(([\d,]+) bytes\)/g, '(1,000 bytes)')
      .replaceAll(/ +\d+ files?  ? *[\d,]+ KB/g, ' 1 file 1 KB')
      .replaceAll(/\([\d,]+ KB\)/g, '(1 KB)')
      .replaceAll(/\b(Node +)\d+\.\d+\.\d+/g, '$120.0.0'),
  );
}

/** As it stands in a guide: nobody's home is a folder for tests, nor elbow where these run, and what only an uncertified state says is left out. */
export function asShown(text: string, home: string): readonly string[] {
  return text
    .replaceAll(home, '/home/you')
    .replaceAll(projectRoot, '/home/you/elbow-grader')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !/^(WARNING: The fixtures are not certified|npm (warn|notice))/.test(line));
}
