// What a student's own machine offers to checking: no grading, so no box, and one package that npm must bring.
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Finding, type HostView, present } from './host-fact.ts';
import { nativeTensorFlow } from './other-systems.ts';

export async function lookAtCompiler({ root }: HostView): Promise<Finding> {
  const cure = 'in the folder of package.json: npm install (delete node_modules first if it came from another computer)';
  try {
    const require = createRequire(createRequire(join(root, 'package.json')).resolve('esbuild'));
    const binary = require.resolve(`@esbuild/${process.platform}-${process.arch}/${process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild'}`);
    const { stdout } = await execa(binary, ['--version'], { timeout: 10_000 });
    return present(`esbuild ${stdout.trim()}`);
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND';
    return { status: isAbsent ? 'missing' : 'broken', detail: isAbsent ? 'not installed' : String(error).split('\n')[0] ?? '', cure };
  }
}

export function lookAtChecker({ root }: HostView): Finding {
  const missing = ['dist/child/cpu.cjs', 'fixtures', 'student-template'].filter((name) => !existsSync(join(root, name)));
  if (missing.length === 0) return present('with its cases');
  return { status: 'missing', detail: `no ${missing.join(', no ')}`, cure: 'unzip the kit again' };
}

/** A kit holds the child of the language it is for. */
export function isForPython({ root }: HostView): boolean {
  return existsSync(join(root, 'dist/child/python/child.py'));
}

/** For training only: what `check` does takes longer to start on it than it takes. */
export function lookAtOwnTensorFlow({ root }: HostView): Finding {
  const cure = nativeTensorFlow(process.platform);
  try {
    const folder = dirname(createRequire(join(root, 'package.json')).resolve('@tensorflow/tfjs-node/package.json'));
    if (existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) return present('installed');
    return { status: 'broken', detail: 'installed without its native part', cure };
  } catch {
    return { status: 'missing', detail: 'not installed', cure };
  }
}
