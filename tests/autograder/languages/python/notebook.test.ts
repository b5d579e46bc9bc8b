/** A notebook as a hand-in: its cells are one module, and what fails or trains takes nothing else along. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeCells } from '../../../../autograder/languages/python/notebook.ts';
import { python } from '../../../../autograder/languages/python/python.ts';
import { Session } from '../../../../autograder/session/session.ts';
import { numbersOf, valueOf } from '../../../conformance/asker.ts';
import { missingPython } from '../../../submissions/python/judge-python.ts';
import { GENEROUS, question } from '../../session/student-session.ts';

const cell = (source: string | readonly string[], kind = 'code') => ({ cell_type: kind, metadata: {}, source });

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  cells: [
    cell('# Homework', 'markdown'),
    { ...cell(['!pip install torch\n', '%matplotlib inline\n', 'import torch\n', 'import matplotlib.pyplot as plt\n']), outputs: [{ output_type: 'display_data', data: { 'text/html': '<script>alert(1)</script>' } }] },
    cell('%%bash\nrm -rf /'),
    cell('data = open("not-here.csv").read()\ndef after_the_failure(): return 1'),
    cell('def broken(:\n  pass'),
    cell('model = torch.nn.Linear(1, 1)\noptimiser = torch.optim.SGD(model.parameters(), 0.1)\nsteps = 0\nfor _ in range(10**9):\n  model(torch.ones(1, 1)).sum().backward()\n  optimiser.step()\n  steps += 1\ndef trained(): return steps'),
    cell('def double(x): return 2 * x\ndef raises():\n\n  return 1 / 0\n'),
    cell('import importlib.util, tqdm.notebook\nfrom tqdm.auto import trange\ndef bars(): return sum(tqdm.notebook.tqdm(trange(4))) if importlib.util.find_spec("tqdm") else 0'),
  ],
});

describe('the cells of a notebook', () => {
  it('are those of code, lines kept where they stand, magics taken out', () => {
    const cells = codeCells(NOTEBOOK);
    expect(cells.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(cells[0]?.source).toBe('pass\npass\nimport torch\nimport matplotlib.pyplot as plt\n');
    expect(cells[1]?.source).toBe('');
    expect(JSON.stringify(cells)).not.toContain('script');
  });

  it('are not those of a file that is none', () => {
    expect(() => codeCells('{}')).toThrow('the notebook');
    expect(() => codeCells('def f(): pass')).toThrow('JSON');
  });
});

describe.skipIf(missingPython !== null)('a notebook in its child', () => {
  let session: Session;
  beforeAll(async () => {
    const code = await python.prepare([{ path: 'hw.ipynb', text: NOTEBOOK }, { path: 'uses.py', text: 'from hw import double\ndef four(): return double(2)' }]);
    const launch = python.launch('cpu');
    const opened = launch === null ? null : await Session.open(launch, 'none', GENEROUS, { files: [...code.files], originals: [] }, 10);
    if (!(opened instanceof Session)) throw new Error(JSON.stringify(opened));
    session = opened;
  }, 120_000);
  afterAll(() => session.close());

  const ask = (name: string, module = 'hw.ipynb') => {
    session.startTask();
    return session.ask(question({ module, function: name, ...(name === 'double' ? { arguments: [{ kind: 'number', value: 2 }] } : {}) }));
  };

  it('gives what any of its cells defines, whatever failed before, and trains nothing', async () => {
    expect(numbersOf(valueOf(await ask('double')))).toEqual([4]);
    expect(session.consoleText()).toContain('hw.ipynb, cell 3 stopped: FileNotFoundError');
    expect(numbersOf(valueOf(await ask('after_the_failure')))).toEqual([1]);
    expect(numbersOf(valueOf(await ask('trained')))).toEqual([0]);
    expect(numbersOf(valueOf(await ask('four', 'uses.py')))).toEqual([4]);
  });

  // PyTorch 2 looks for it when an optimiser is made.
  it('finds progress bars that only count, under each of their names', async () => {
    expect(numbersOf(valueOf(await ask('bars')))).toEqual([6]);
  });

  it('says why there is no function that a cell should have made, and where one raised', async () => {
    expect(await ask('broken')).toMatchObject({ kind: 'threw', error: { name: 'SyntaxError' } });
    expect(await ask('raises')).toMatchObject({ kind: 'threw', error: { name: 'ZeroDivisionError', frames: [{ path: 'hw.ipynb, cell 6', line: 4 }] } });
  });
});
