// How long a TA waits: 300 written answers of 100 hand-ins, from the download to the sheet, and from the filled sheet to marks.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { runInScratch } from './in-scratch.mjs';
import { plainEnvironment, table } from './measure.mjs';

const usage = `Usage: node bench/marking.mjs

Wall seconds of elbow grade on 100 hand-ins that answer three written questions each and no function: the first
run, which also writes the pages to mark and the sheet, and the second, which reads the 300 marks back.`;

const HAND_INS = 100;
const ANSWERED = /^## cs236-hw2\/(?:vae\/beta-vae|iwae\/gmvae-compare-and-contrast|ssvae\/semi-supervised-accuracy)$/;
const root = path.dirname(import.meta.dirname);

await runInScratch(usage, run);

async function run(scratch) {
  const [downloads, out] = [path.join(scratch, 'in'), path.join(scratch, 'out')];
  for (let student = 0; student < HAND_INS; student += 1) {
    const folder = path.join(downloads, `s${1000 + student}`);
    cpSync(path.join(root, 'student-template/cs236-hw2'), folder, { recursive: true, filter: (source) => !source.includes('node_modules') });
    const answers = path.join(folder, 'answers.md');
    const lines = readFileSync(answers, 'utf8').split('\n');
    writeFileSync(answers, lines.map((line) => (ANSWERED.test(line) ? `${line}\n\nStudent ${student} says "it depends", =1+1, and so on.\n` : line)).join('\n'));
  }
  const first = grade(downloads, out);
  const sheet = path.join(out, 'staff/manual-marks.csv');
  const [header, ...rows] = readFileSync(sheet, 'utf8').trimEnd().split('\n');
  if (rows.length !== 3 * HAND_INS) throw new Error(`${rows.length} rows where ${3 * HAND_INS} answers were given`);
  writeFileSync(sheet, [header, ...rows.map((row, at) => row.replace(/,,,$/, `,${at % 2},"Seen, and ""so"" on",`))].join('\n'));
  const second = grade(downloads, out);
  const read = second.output.split('\n').filter((line) => line.endsWith('marked by a person')).length;
  if (read !== rows.length) throw new Error(`${read} marks were read back where ${rows.length} were given\n${second.output.slice(-2000)}`);
  console.log(table([['', 'wall s'], [`${HAND_INS} hand-ins graded, ${rows.length} answers on pages and in the sheet`, first.wall.toFixed(1)], [`${read} marks read back, ${HAND_INS} reports written anew`, second.wall.toFixed(1)]]));
}

function grade(downloads, out) {
  const before = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(root, 'bin/elbow.mjs'), 'grade', downloads, '--assignment', 'cs236-hw2', '--out', out, '--uncertified'], { env: plainEnvironment(), encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0 && status !== 1) throw new Error(`exit code ${status}\n${stderr}`);
  return { wall: (performance.now() - before) / 1000, output: stdout };
}
