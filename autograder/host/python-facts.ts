import { execa } from 'execa';
import { environmentOf, findPython, PYTHON_SWITCH } from '../languages/python/find-python.ts';
import { isReadableByAll } from '../sandbox/sandbox.ts';
import { present, type Finding } from './host-fact.ts';

const CURE = `Debian or Ubuntu: sudo apt-get install -y python3-torch libopenblas0; elsewhere: pip install torch numpy, and ${PYTHON_SWITCH}=/path/to/that/python`;

/** Found by looking, and believed once it has computed something. */
export async function lookAtPython(): Promise<Finding> {
  const python = findPython();
  if (python === null) {
    const chosen = process.env[PYTHON_SWITCH];
    return { status: 'missing', detail: chosen === undefined ? 'no Python 3.9 or later with PyTorch and NumPy' : `${PYTHON_SWITCH}=${chosen} is none with PyTorch and NumPy`, cure: CURE };
  }
  const about = `Python ${python.version} with PyTorch ${python.torch} (${python.program})`;
  // As root a box runs as another user, who comes into no home folder.
  const closed = process.getuid?.() === 0 ? [python.home, ...python.packages].find((folder) => !isReadableByAll(folder)) : undefined;
  if (closed !== undefined) {
    return { status: 'broken', detail: `${about}: ${closed} cannot be read by the users that boxes run as`, cure: `install it where every user may read it, below /opt say, and name it: ${PYTHON_SWITCH}=/path/to/that/python` };
  }
  const script = 'import torch; print(int((torch.ones(2, 2) @ torch.ones(2, 2)).sum()))';
  const result = await execa(python.program, ['-S', '-s', '-c', script], { env: environmentOf(python), extendEnv: false, cwd: '/', timeout: 120_000, reject: false });
  if (result.stdout.trim() === '8') return present(about);
  return { status: 'broken', detail: `${about}: ${result.stderr.trim().split('\n').at(-1) ?? result.shortMessage}`, cure: CURE };
}
