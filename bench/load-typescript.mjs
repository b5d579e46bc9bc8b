// Lets a plain script use what the project's TypeScript exports.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(import.meta.dirname);

/** `wanted` names what is exported, by file from the project's top folder; all of it comes in one module. */
export async function loadTypeScript(wanted) {
  const source = Object.entries(wanted).map(([file, names]) => `export { ${names.join(', ')} } from ${JSON.stringify(file)};`);
  // Within the project, so that packages which are not bundled are found.
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(root, '.cache/bench-'));
  try {
    const outfile = path.join(folder, 'module.mjs');
    await build({
      stdin: { contents: source.join('\n'), resolveDir: root, loader: 'ts', sourcefile: 'bench.ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      external: ['esbuild'],
      banner: { js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(${JSON.stringify(pathToFileURL(path.join(root, 'package.json')).href)});` },
      plugins: [ownFolder],
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A bundled file still finds what lies beside it. */
const ownFolder = {
  name: 'own-folder',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(file, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const contents = text.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file))).replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href));
      return { contents, loader: 'ts' };
    });
  },
};
