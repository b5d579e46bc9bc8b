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

export function createModules(load: Load, packages: ReadonlyMap<string, unknown>): Modules {
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
    return [...ENDINGS.map((ending) => base + ending), written].find((path) => files.has(path) || originals.has(path)) ?? null;
  }

  function instantiate(path: string): Exports {
    const existing = loaded.get(path);
    if (existing !== undefined) return existing.exports;
    const original = originals.get(path);
    const own = files.get(path);
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

  function run(file: SourceFile, cacheAs?: string): Exports {
    if (file.code === undefined) throw new ModuleError(file.broken ?? `${file.path} could not be read`);
    const module: { exports: Exports } = { exports: {} };
    // Registered before it runs, so that two files may import each other.
    if (cacheAs !== undefined) loaded.set(cacheAs, module);
    try {
      const body = vm.compileFunction(file.code, ['exports', 'require', 'module'], { filename: SUBMISSION_PREFIX + file.path });
      body.call(module.exports, module.exports, (specifier: string) => requireFrom(file.path, String(specifier)), module);
    } catch (error) {
      if (cacheAs !== undefined) loaded.delete(cacheAs);
      throw error;
    }
    return module.exports;
  }

  return {
    has: (path) => files.has(path) || originals.has(path),
    load: instantiate,
  };
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
