/** Downloads in the shapes that Canvas, Moodle and Gradescope give out, with what students really put into them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { complete, zipOf } from './zips.ts';

export type Files = Readonly<Record<string, string | Buffer>>;

/** One way of handing in: what the student uploaded, and whether it can be graded. */
export interface Way {
  readonly what: string;
  readonly uploads: Files;
  readonly refused?: RegExp;
  readonly attachments?: readonly string[];
  readonly note?: RegExp;
}

const written = { 'answers.md': '42\n', 'derivations/bound.md': 'a proof\n' };
const whole = { ...complete, ...written };
const below = (folder: string, files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));

/** Made by the system's own tar, in the format asked for. */
export function tarOf(files: Files, ...options: readonly string[]): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'tar-'));
  try {
    writeTree(folder, files);
    return execFileSync('tar', [...options, '-cf', '-', '-C', folder, '.'], { maxBuffer: 1 << 28 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function writeTree(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

export async function ways(): Promise<readonly Way[]> {
  return [
    { what: 'a zip', uploads: { 'hw2.zip': await zipOf(whole) } },
    { what: 'a zip with a wrapper folder and what macOS adds', uploads: { 'hw2.zip': await zipOf({ ...below('hw2 final', whole), '__MACOSX/hw2 final/._vae.ts': 'x' }) } },
    { what: 'a zip in a zip', uploads: { 'upload.zip': await zipOf({ 'hw2/inner.zip': await zipOf(below('hw2', whole)) }) } },
    { what: 'the PDF beside the zip', uploads: { 'hw2.zip': await zipOf(whole), 'writeup.pdf': '%PDF-1.7' }, attachments: ['writeup.pdf'] },
    { what: 'a tar.gz', uploads: { 'hw2.tar.gz': tarOf(whole, '-z') } },
    { what: 'a tar', uploads: { 'hw2.tar': tarOf(below('hw2', whole)) } },
    { what: 'loose files', uploads: { ...complete, 'answers.md': '42\n', 'bound.md': 'a proof\n' } },
    { what: 'two versions', uploads: { 'hw2.zip': await zipOf({ ...whole, 'vae.ts': 'old' }), 'hw2-1.zip': await zipOf(whole) }, note: /^hw2\.zip was left alone: hw2-1\.zip is a later version/ },
    { what: 'code and write-up in two zips', uploads: { 'code.zip': await zipOf(below('code', complete)), 'writeup.zip': await zipOf(below('text', written)) } },
    { what: 'node_modules and .git inside', uploads: { 'hw2.zip': await zipOf({ ...whole, 'node_modules/a/index.js': 'x', '.git/HEAD': 'x' }) }, note: /node_modules \(1 file\) was left alone/ },
    { what: 'a rar', uploads: { 'hw2.rar': 'Rar!\x1a\x07\x01\0' }, refused: /hw2\.rar is a RAR archive, which is not read\. Put your files into a \.zip/ },
    { what: 'a 7z', uploads: { 'hw2.7z': Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1') }, refused: /hw2\.7z is a 7z archive/ },
    { what: 'a login page saved as a zip', uploads: { 'hw2.zip': '<!doctype html>' }, refused: /is a web page/ },
  ];
}

export interface Handed {
  readonly id: string;
  readonly name: string;
  readonly way: Way;
}

export async function classOf(size: number): Promise<readonly Handed[]> {
  const all = await ways();
  return Array.from({ length: size }, (_, place) => {
    const way = all[place % all.length];
    if (way === undefined) throw new Error('there are no ways to hand in');
    return { id: String(1000 + place), name: `Zoë ${String.fromCharCode(65 + (place % 26))}${'o'.repeat(Math.floor(place / 26) + 1)}`, way };
  });
}

const uploadsOf = ({ way }: Handed): readonly (readonly [string, string | Buffer])[] => Object.entries(way.uploads);

/** Each upload a loose file, several a student; one of five is late. */
export function canvasDownload(students: readonly Handed[]): Files {
  return Object.fromEntries(
    students.flatMap((student, place) =>
      uploadsOf(student).map(([name, content], at) => [`${squashed(student.name)}${place % 5 === 0 ? '_LATE' : ''}_${student.id}_${90_000 + place * 10 + at}_${name}`, content]),
    ),
  );
}

export function moodleDownload(students: readonly Handed[], shape: 'folders' | 'prefixes'): Files {
  const slash = shape === 'folders' ? '/' : '';
  return Object.fromEntries(students.flatMap((student) => uploadsOf(student).map(([name, content]) => [`${student.name}_${student.id}_assignsubmission_file_${slash}${name}`, content])));
}

/** Gradescope unpacks what students upload; the first two students are a group. */
export function gradescopeDownload(students: readonly Handed[]): Files {
  const submitter = ({ id, name }: Handed): string => `  - :name: ${name.includes('A') ? `"${name.replace('ë', String.raw`\xEB`)}"` : name}\n    :sid: '${id}'\n    :email: s${id}@x.edu\n`;
  const [first, second, ...others] = students;
  const groups = first === undefined || second === undefined ? [] : [[first, second], ...others.map((student) => [student])];
  const yaml = groups.map((group, at) => `submission_${700 + at}:\n  :submitters:\n${group.map(submitter).join('')}  :created_at: 2025-11-03 23:58:11.123456000 Z\n  :score: 0.0\n  :results:\n    :tests:\n    - :name: not a student\n`).join('');
  const uploads = groups.flatMap((group, at) => group.slice(0, 1).flatMap((student) => uploadsOf(student).map(([name, content]) => [`assignment_5_export/submission_${700 + at}/${name}`, content] as const)));
  return { ...Object.fromEntries(uploads), 'assignment_5_export/submission_metadata.yml': `---\n${yaml}` };
}

export function squashed(name: string): string {
  const [first = '', last = ''] = name.toLowerCase().split(' ');
  return last + first;
}
