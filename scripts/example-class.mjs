/**
 * Makes the files of an instructor's week out of the examples, for the guides and to try things out:
 *
 *   node scripts/example-class.mjs FOLDER
 *
 * submissions.zip as Canvas gives it out, class.csv with who takes the course, gradebook.csv as Canvas exports it.
 */
import { createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ZipFile } from 'yazl';

const examples = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'examples/cs236-hw2');

/** Hand-in, number in Canvas, student id, name; no hand-in: enrolled, and nothing came. */
const students = [
  ['ada-perfect', 501, 's1000001', 'Ada Okafor'],
  ['ben-template', 502, 's1000003', 'Ben Carter'],
  ['dora-kl-sign', 503, 's1000005', 'Dora Lindqvist'],
  ['sven-upload-cut-off.zip', 504, 's1000020', 'Sven Nilsson'],
  [null, 505, 's1000099', 'Tom Abara'],
];

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: node scripts/example-class.mjs FOLDER');
  process.exitCode = 64;
} else {
  mkdirSync(folder, { recursive: true });
  await writeSubmissions(path.join(folder, 'submissions.zip'));
  writeFileSync(path.join(folder, 'class.csv'), lines(['student_id,name,canvas', ...students.map(([, number, id, name]) => `${id},${name},${number}`)]));
  const rows = students.map(([, number, id, name]) => `"${name.split(' ').toReversed().join(', ')}",${number},${id},${id}@example.edu,Section 1,`);
  writeFileSync(path.join(folder, 'gradebook.csv'), lines(['Student,ID,SIS User ID,SIS Login ID,Section,Homework 2 (4711)', '    Points Possible,,,,,83.00', ...rows]));
  console.log(`Wrote submissions.zip, class.csv and gradebook.csv into ${folder}`);
}

/** Canvas puts name, number and attachment in front of what the student called it. */
async function writeSubmissions(file) {
  const all = new ZipFile();
  for (const [name, number, , person] of students) {
    if (name === null) continue;
    const squashed = person.toLowerCase().split(' ').toReversed().join('');
    const target = `${squashed}_${number}_${number + 90_000}_hw2.zip`;
    if (name.endsWith('.zip')) all.addFile(path.join(examples, name), target);
    else all.addBuffer(await zipOfFolder(path.join(examples, name)), target);
  }
  all.end();
  await pipeline(all.outputStream, createWriteStream(file));
}

async function zipOfFolder(root) {
  const zip = new ZipFile();
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of entries) {
    const place = path.join(entry.parentPath, entry.name);
    zip.addFile(place, path.relative(root, place).split(path.sep).join('/'));
  }
  zip.end();
  return buffer(zip.outputStream);
}

function lines(rows) {
  return rows.map((row) => `${row}\n`).join('');
}
