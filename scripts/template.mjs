/**
 * Makes what students get out of the reference, so that the two cannot drift apart.
 *
 *   node scripts/template.mjs [--check] [id ...]
 *
 * Every `reference/<id>/*.ts` becomes `student-template/<id>/*.ts`, and every `.py` below
 * `reference/<id>/python` lies in the same place below `student-template/<id>-python`, a folder of its
 * own because two languages in one folder would be two hand-ins: what stands between `// solution:begin`
 * and `// solution:end` is left out, and `// stub: code` becomes `code` (in Python after `#`). The
 * files named in `reference/<id>/given.json` are copied whole into its folder. Everything else in
 * the template (README, answers, derivations) is written by hand and left alone; the template in
 * Python gets copies of the pages to write in. With --check
 * nothing is written, and the exit code is 1 if a file would change.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const reference = path.join(root, 'reference');

const parameters = process.argv.slice(2);
const checking = parameters.includes('--check');
const named = parameters.filter((parameter) => parameter !== '--check');
const ids = named.length > 0 ? named : homeworks();

let stale = 0;
for (const id of ids) {
  stale += update(id, templateFiles(id));
  if (existsSync(pythonFolder(id))) stale += update(`${id}-python`, pythonTemplateFiles(id));
}
if (checking && stale > 0) {
  console.error('Run `node scripts/template.mjs` and commit the result.');
  process.exitCode = 1;
}

/** Folders of the reference that say what they give to students. */
function homeworks() {
  return readdirSync(reference).filter((id) => existsSync(path.join(reference, id, 'given.json')));
}

/** The generated files of one homework: path inside the template -> text. */
function templateFiles(id) {
  if (!homeworks().includes(id)) throw new Error(`no such homework: ${id} (there are ${homeworks().join(', ')})`);
  const given = JSON.parse(readFileSync(path.join(reference, id, 'given.json'), 'utf8'));
  const questions = readdirSync(path.join(reference, id)).filter((name) => name.endsWith('.ts'));

  // Where each file of the reference goes: path inside the reference -> path inside the template.
  const places = new Map([
    ...questions.map((name) => [path.posix.join(id, name), name]),
    ...given.files.map((file) => [file, path.posix.join(given.folder, path.posix.basename(file))]),
  ]);
  if (new Set(places.values()).size !== places.size) throw new Error(`${id}: two files would have the same name`);

  return new Map([...places].map(([source, place]) => [place, studentText(source, places)]));
}

function pythonFolder(id) {
  return path.join(reference, id, 'python');
}

function pythonTemplateFiles(id) {
  const code = namesBelow(pythonFolder(id)).filter((name) => name.endsWith('.py'));
  const template = path.join(root, 'student-template', id);
  const pages = namesBelow(template).filter((name) => name === 'answers.md' || /^derivations\/.*\.md$/.test(name));
  return new Map([
    ...code.map((name) => [name, studentText(path.posix.join(id, 'python', name), new Map())]),
    ...pages.map((name) => [name, readFileSync(path.join(template, name), 'utf8')]),
  ]);
}

function namesBelow(folder) {
  return readdirSync(folder, { recursive: true }).map((name) => name.split(path.sep).join('/'));
}

function studentText(source, places) {
  const lines = [];
  let hidden = false;
  for (const line of readFileSync(path.join(reference, source), 'utf8').split('\n')) {
    const marker = /^\s*(?:\/\/|#) solution:(begin|end)$/.exec(line)?.[1];
    if (marker !== undefined) {
      if (hidden !== (marker === 'end')) throw new Error(`${source}: solution:${marker} without its partner`);
      hidden = marker === 'begin';
    } else if (!hidden) {
      const stub = /^(\s*)(?:\/\/|#) stub: (.*)$/.exec(line);
      lines.push(stub === null ? moveImport(line, source, places) : stub[1] + stub[2]);
    }
  }
  if (hidden) throw new Error(`${source}: solution:begin without its partner`);
  return lines.join('\n');
}

/** An import path between two files of the reference, as it reads between their places in the template. */
function moveImport(line, source, places) {
  return line.replace(/(?<=\bfrom ')\.[^']+(?=')/, (specifier) => {
    const target = places.get(path.posix.join(path.posix.dirname(source), specifier));
    if (target === undefined) throw new Error(`${source} imports ${specifier}, which students do not get`);
    const moved = path.posix.relative(path.posix.dirname(places.get(source)), target);
    return moved.startsWith('.') ? moved : `./${moved}`;
  });
}

/** Writes (or with --check, reports) the files that differ; returns how many there are. */
function update(id, files) {
  const folder = path.join(root, 'student-template', id);
  let changed = 0;
  for (const [place, text] of files) {
    const target = path.join(folder, place);
    if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
    changed += 1;
    report(id, place, 'differs from the reference', 'written');
    if (checking) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  for (const place of leftovers(folder, files)) {
    changed += 1;
    report(id, place, 'comes from no file of the reference', 'removed');
    if (!checking) rmSync(path.join(folder, place));
  }
  return changed;
}

/** Code of the template that an earlier reference made. */
function leftovers(folder, files) {
  if (!existsSync(folder)) return [];
  return namesBelow(folder).filter((name) => /\.(ts|py)$/.test(name) && !name.startsWith('node_modules/') && !files.has(name));
}

function report(id, place, problem, deed) {
  console.log(`student-template/${id}/${place} ${checking ? problem : deed}`);
}
