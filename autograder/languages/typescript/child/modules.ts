/**
 * The hand-in's own module system: its files arrive as texts, `require` knows them and the allow-list,
 * and nothing else. Runs beside student code: the box around the process is what keeps secrets, this
 * only gives clear errors.
 */
import vm from 'node:vm';
import type { Load, SourceFile } from '../../../../contract/messages.ts';

export type Exports = Readonly<Record<string, unknown>>;

/** A file of the hand-in that cannot be loaded, for a reason worth showing. */
export class ModuleError extends Error {
  override readonly name: string = 'ModuleError';
}

export interface Modules {
  /** Whether the hand-in holds this file. */
  readonly has: (path: string) => boolean;
  /** @throws whatever the module throws while it loads, or ModuleError. */
  readonly load: (path: string) => Exports;
}

const ENDINGS = ['', '.ts', '.js', '.mts', '.mjs', '/index.ts', '/index.js'];

/** Prefix of the file names student code is compiled under; error frames are recognised by it. */
export const SUBMISSION_PREFIX = 'submission:///';

/** What a module system is built from beside the files. */
export interface Surroundings {
  readonly packages: ReadonlyMap<string, unknown>;
  /** Right functions by module, which win over the hand-in's own. */
  readonly supplied?: ReadonlyMap<string, Exports>;
  readonly prefix?: string;
}

export function createModules(load: Pick<Load, 'files' | 'originals'>, { packages, supplied = new Map(), prefix = SUBMISSION_PREFIX }: Surroundings): Modules {
  const files = new Map(load.files.map((file) => [file.path, file]));
  const originals = new Map(load.originals.map((file) => [file.path, file]));
  const loaded = new Map<string, { exports: Exports }>();

  function requireFrom(importer: string, specifier: string): unknown {
    if (!specifier.startsWith('.')) {
      const found = packages.get(specifier);
      if (found !== undefined) return found;
      throw new ModuleError(
        `'${specifier}' is not available here: import only ${[...packages.keys()].map((name) => `'${name}'`).join(', ')} and your own files`,
      );
    }
    const path = resolve(importer, specifier);
    if (path === null) throw new ModuleError(`'${specifier}' (imported by ${importer}) is not in the hand-in`);
    return instantiate(path);
  }

  function resolve(importer: string, specifier: string): string | null {
    const base = normalise([...importer.split('/').slice(0, -1), ...specifier.split('/')]);
    if (base === null) return null;
    // TypeScript's own custom: './mine.js' may mean mine.ts.
    const written = base.replace(/\.(m?)js$/, '.$1ts');
    return [...ENDINGS.map((ending) => base + ending), written].find(has) ?? null;
  }

  function has(path: string): boolean {
    return files.has(path) || originals.has(path) || supplied.has(path);
  }

  function instantiate(path: string): Exports {
    const existing = loaded.get(path);
    if (existing !== undefined) return existing.exports;
    const original = originals.get(path);
    const own = files.get(path);
    const right = supplied.get(path);
    if (right !== undefined) return runBehind(right, own, path);
    // A given helper: the original wins over an edited copy, what a student added beside it still works.
    if (original !== undefined) {
      const exports = run(original, path);
      if (own === undefined) return exports;
      const merged = { ...attempt(() => run(own)), ...exports };
      // Spreading drops the mark by which importers know where the default export is.
      Object.defineProperty(merged, '__esModule', { value: true });
      loaded.set(path, { exports: merged });
      return merged;
    }
    if (own === undefined) throw new ModuleError(`${path} is not in the hand-in`);
    return run(own, path);
  }

  /** Whatever else the file exports still works, unless it cannot be loaded: that mistake is counted elsewhere. */
  function runBehind(right: Exports, own: SourceFile | undefined, path: string): Exports {
    const exports: Record<string, unknown> = { ...right };
    Object.defineProperty(exports, '__esModule', { value: true });
    loaded.set(path, { exports });
    const rest = own === undefined ? {} : attempt(() => run(own, undefined, right));
    for (const [name, value] of Object.entries(rest)) if (!Object.hasOwn(right, name)) exports[name] = value;
    return exports;
  }

  function run(file: SourceFile, cacheAs?: string, right?: Exports): Exports {
    if (file.code === undefined) throw new ModuleError(file.broken ?? `${file.path} could not be read`);
    const module: { exports: Exports } = { exports: {} };
    // Registered before it runs, so that two files may import each other.
    if (cacheAs !== undefined) loaded.set(cacheAs, module);
    try {
      // The further name only where it is used: a student may call something by it.
      const [code, names] = right === undefined ? [file.code, []] : [file.code + rebinding(Object.keys(right)), [SUPPLIED]];
      const body = vm.compileFunction(code, ['exports', 'require', 'module', ...names], { filename: prefix + file.path });
      body.call(module.exports, module.exports, (specifier: string) => requireFrom(file.path, String(specifier)), module, right);
    } catch (error) {
      if (cacheAs !== undefined) loaded.delete(cacheAs);
      throw error;
    }
    return module.exports;
  }

  return { has, load: instantiate };
}

/** The name under which a file that is behind supplied functions is given them. */
const SUPPLIED = '$supplied';

/**
 * Functions of one file call each other by their names and not through its exports, so these names are set
 * as well; a constant keeps its value. On a line of its own: the text may end in a comment.
 */
function rebinding(names: readonly string[]): string {
  return `\n${names.map((name) => `if (typeof ${name} === 'function') try { ${name} = ${SUPPLIED}.${name}; } catch {}`).join('\n')}`;
}

function attempt(load: () => Exports): Exports {
  try {
    return load();
  } catch {
    return {};
  }
}

function normalise(parts: readonly string[]): string | null {
  const path: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) return null;
  }
  return path.join('/');
}
