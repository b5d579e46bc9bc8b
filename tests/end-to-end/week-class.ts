/**
 * A class of 40 as three course systems would give it out: what students hand in, how they wrap it up, and
 * everything that is odd about it. Made anew from the examples; nothing of it was prepared for the grader.
 */
import fs from 'node:fs';
import path from 'node:path';
import { canvasDownload, type Files, gradescopeDownload, type Handed, moodleDownload, tarOf, type Way } from '../autograder/intake/downloads.ts';
import { zipOf } from '../autograder/intake/zips.ts';
import { filesBelow, projectRoot } from './command-line.ts';

const contentOf = (folder: string): Files => Object.fromEntries([...filesBelow(path.join(projectRoot, folder))].filter(([name]) => !name.includes('node_modules')).map(([name, bytes]) => [name.split(path.sep).join('/'), bytes]));
const below = (folder: string, files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));

export interface WeekWay extends Way {
  /** The machine's marks, where it is graded. */
  readonly machine?: number;
}

/** What of the 56 marks of the machine each way must earn: full work, the untouched template, or none because it is refused. */
export async function weekWays(): Promise<readonly WeekWay[]> {
  const right = { ...contentOf('student-template/cs236-hw2'), ...contentOf('tests/submissions/cs236-hw2/complete') };
  const { 'expect.json': _expect, ...full } = right;
  const blank = contentOf('student-template/cs236-hw2');
  const code = Object.fromEntries(Object.entries(full).filter(([name]) => name.endsWith('.ts')));
  const writing = Object.fromEntries(Object.entries(full).filter(([name]) => name.endsWith('.md')));
  const machine = 56;
  return [
    { what: 'a zip', uploads: { 'hw2.zip': await zipOf(full) }, machine },
    { what: 'an untouched template', uploads: { 'hw2.zip': await zipOf(blank) }, machine: 0 },
    { what: 'a wrapper folder and what macOS adds', uploads: { 'hw2.zip': await zipOf({ ...below('hw2 final', full), '__MACOSX/hw2 final/._vae.ts': 'x' }) }, machine },
    { what: 'a zip in a zip', uploads: { 'upload.zip': await zipOf({ 'hw2/inner.zip': await zipOf(blank) }) }, machine: 0 },
    { what: 'the PDF beside the zip', uploads: { 'hw2.zip': await zipOf(blank), 'writeup.pdf': '%PDF-1.7' }, machine: 0 },
    { what: 'a tar.gz', uploads: { 'hw2.tar.gz': tarOf(blank, '-z') }, machine: 0 },
    { what: 'several versions', uploads: { 'hw2.zip': await zipOf(blank), 'hw2-1.zip': await zipOf(full) }, note: /hw2\.zip was left alone: hw2-1\.zip is a later version/, machine },
    { what: 'code and write-up apart', uploads: { 'code.zip': await zipOf(code), 'writeup.zip': await zipOf(writing) }, machine },
    { what: 'node_modules and .git inside', uploads: { 'hw2.zip': await zipOf({ ...blank, 'node_modules/a/index.js': 'x', '.git/HEAD': 'x' }) }, note: /node_modules \(1 file\) was left alone/, machine: 0 },
    { what: 'a rar', uploads: { 'hw2.rar': 'Rar!\u001a\u0007\u0001\0' }, refused: /RAR archive/ },
    { what: 'a 7z', uploads: { 'hw2.7z': Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1') }, refused: /7z archive/ },
    { what: 'an upload that was cut off', uploads: { 'hw2.zip': (await zipOf(full)).subarray(0, 900) }, refused: /./ },
  ];
}

export async function weekClass(size: number): Promise<readonly (Handed & { readonly way: WeekWay })[]> {
  const ways = await weekWays();
  return Array.from({ length: size }, (_, place) => {
    const way = ways[place % ways.length];
    if (way === undefined) throw new Error('there are no ways to hand in');
    return { id: String(2000 + place), name: `Zoë ${String.fromCodePoint(65 + (place % 26))}${'o'.repeat(Math.floor(place / 26) + 1)}`, way };
  });
}

/** In the shape each system gives out, and the ids by which the roster knows its students. */
export const systems: Readonly<Record<string, (students: readonly Handed[]) => Files>> = {
  Canvas: canvasDownload,
  Moodle: (students) => moodleDownload(students, 'folders'),
  // Of the first two, who are a group, one uploads.
  Gradescope: gradescopeDownload,
};

export function rosterOf(students: readonly Handed[], absent: readonly string[]): string {
  return ['student_id,name,number', ...students.map(({ id, name }) => `s${id},${name},${id}`), ...absent.map((id) => `${id},Absent ${id},x${id}`)].join('\n');
}

export function writeZip(file: string, bytes: Buffer): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
}
