import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nativeTensorFlow } from './other-systems.ts';
import { present, setupCommand, type Finding, type HostView } from './host-fact.ts';

const seconds = 1000;

export async function lookAtNativeTensorFlow(view: HostView): Promise<Finding> {
  // Elsewhere than on Linux the setup runs the package's own installer.
  const cure = `${setupCommand(view)} --retry-native${process.platform === 'linux' ? '' : `, or ${nativeTensorFlow(process.platform)}`}`;
  const binding = join(view.root, 'node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node');
  if (!existsSync(binding)) return { status: 'missing', detail: 'not built', cure };
  return probe(view, 'native', cure);
}

export async function lookAtWebAssembly(view: HostView): Promise<Finding> {
  const cure = `delete ${join(view.root, 'node_modules')}, then ${setupCommand(view)}`;
  const installed = existsSync(join(view.root, 'node_modules/@tensorflow/tfjs-backend-wasm'));
  if (!installed) return { status: 'missing', detail: 'not installed', cure };
  return probe(view, 'wasm', cure);
}

// In a child: a library built for another processor or libc ends the process that loads it.
async function probe(view: HostView, backend: 'native' | 'wasm', cure: string): Promise<Finding> {
  const script = join(view.root, 'scripts/setup/probe-backend.cjs');
  const result = await execa(process.execPath, [script, backend], {
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    timeout: 60 * seconds,
    reject: false,
  });
  const answer = parseAnswer(result.stdout);
  if (answer?.works === true) return present(`${answer.version}, multiplied two matrices`);
  const complaint = result.stderr.trim().split('\n')[0] ?? '';
  return { status: 'broken', detail: complaint || result.shortMessage || 'it does not compute correctly', cure };
}

function parseAnswer(output: string): { works: unknown; version: string } | undefined {
  try {
    const answer: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    if (typeof answer !== 'object' || answer === null || !('works' in answer) || !('version' in answer)) return undefined;
    return { works: answer.works, version: String(answer.version) };
  } catch {
    return undefined;
  }
}
