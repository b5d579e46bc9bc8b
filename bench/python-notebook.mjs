// The same five functions of the right hand-in in PyTorch as a notebook for otter-grader, with its tests.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const reference = path.join(root, 'reference/cs236-hw2/python/codebase');

export const POINTS_EACH = 2;
const tests = readFileSync(path.join(import.meta.dirname, 'five-functions/torch-tests.py'), 'utf8').split(/^# %% /m).slice(1).map((cell) => {
  const [name, ...lines] = cell.trim().split('\n');
  return [name, lines.filter((line) => line !== '').join('\n')];
});
export const functions = tests.map(([name]) => name);

/** Networks of the sizes that elbow's cases have, in the place of the homework's own. */
const NETWORKS = `class nns:
    class v1:
        class Encoder(torch.nn.Module):
            def __init__(self, z_dim):
                super().__init__()
                self.net = torch.nn.Linear(4, 2 * z_dim)
            def encode(self, x):
                return ut.gaussian_parameters(self.net(x))
        class Decoder(torch.nn.Module):
            def __init__(self, z_dim):
                super().__init__()
                self.net = torch.nn.Linear(z_dim, 4)
            def decode(self, z):
                return self.net(z)`;

/** The texts of utils.py and vae.py, whose imports of each other a notebook does not need. */
export function notebook() {
  const text = (name) => readFileSync(path.join(reference, name), 'utf8').replaceAll(/^from codebase.*\n/gm, '');
  const cells = [text('utils.py'), 'from types import SimpleNamespace\nut = SimpleNamespace(**globals())', NETWORKS, text('models/vae.py')];
  const kernelspec = { display_name: 'Python 3', language: 'python', name: 'python3' };
  return JSON.stringify({ cells: cells.map((source, index) => ({ cell_type: 'code', execution_count: null, id: `cell-${index}`, metadata: {}, outputs: [], source })), metadata: { kernelspec, language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 }, null, 1);
}

/** File name -> text. */
export function otterTests() {
  return new Map(tests.map(([name, code]) => [`${name}.py`, otterTest(name, code.split('\n').map((line) => `>>> ${line}`).join('\n'))]));
}

function otterTest(name, code) {
  const suite = { type: 'doctest', scored: true, cases: [{ code, hidden: false, locked: false }] };
  // JSON is Python here, but for its two truth values.
  const python = JSON.stringify({ name, points: POINTS_EACH, suites: [suite] }).replaceAll(':true', ':True').replaceAll(':false', ':False');
  return `OK_FORMAT = True\n\ntest = ${python}\n`;
}
