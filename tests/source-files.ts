/** The project's own source files and what they import, types included; read from the disk, not from a bundler. */
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../autograder/paths.ts';

export interface Import {
  readonly from: string;
  /** A file of the project, or the name of a package; Node's own modules begin with `node:`. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly typesOnly: boolean;
}

/** Hand-ins, not ours to judge; and a homework whose place is in a copy of the project. */
const OF_STUDENTS = ['examples', 'tests/submissions', 'tests/hostile', 'tests/adding-an-assignment/entropy-1'];

const SOURCE = /\.(ts|mjs|cjs|js)$/;

/** Top-level entries that belong to the project: neither hidden nor named by .gitignore. */
export function topLevelFolders(): readonly string[] {
  const ignored = read('.gitignore').split('\n').map((line) => line.trim().replaceAll('/', ''));
  return fs
    .readdirSync(projectRoot, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !ignored.includes(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

/** Every source file, relative to the project, with forward slashes. */
export function sourceFiles(): readonly string[] {
  return topLevelFolders().flatMap(below).filter((file) => SOURCE.test(file));
}

export function read(file: string): string {
  return fs.readFileSync(path.join(projectRoot, file), 'utf8');
}

function below(folder: string): readonly string[] {
  if (OF_STUDENTS.includes(folder)) return [];
  return fs.readdirSync(path.join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : below(place);
    return [place];
  });
}

/** From `import ... from`, `export ... from`, bare imports, and import() or require() of a plain text. */
const IMPORTS = [
  /^(?:import|export)\b(?<what>[^'"`;=]*?)\bfrom\s*['"](?<specifier>[^'"]+)['"]/gm,
  /^import\s*['"](?<specifier>[^'"]+)['"]/gm,
  /\b(?:import|require)\(\s*['"](?<specifier>[^'"]+)['"]\s*\)/g,
];

export function importsOf(file: string): readonly Import[] {
  const text = withoutComments(read(file));
  return IMPORTS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ groups }) => {
      const specifier = groups?.['specifier'] ?? '';
      const isPackage = !specifier.startsWith('.');
      const to = isPackage ? packageName(specifier) : path.posix.join(path.posix.dirname(file), specifier);
      return { from: file, to, isPackage, typesOnly: /^\s*type\b/.test(groups?.['what'] ?? '') };
    }),
  );
}

export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
