/** The conformance programs in Python on PyTorch, as a student would write them. */
import type { LanguagePrograms } from './programs.ts';

const echo = `
import math
import torch
def same(value): return value
def all(*values): return list(values)
def record(nelbo, kl): return {'nelbo': nelbo, 'kl': kl}
def numbers(): return [math.nan, math.inf, -math.inf, -0.0, 0.1, 5e-324]
def kinds(*values): return [float(isinstance(value, torch.Tensor)) for value in values]
`;

const noise = `
import random
import numpy as np
import torch
from torch import randn
from torch.distributions import Normal
early = torch.randn
def generator(seed): return torch.Generator().manual_seed(seed)
def standard(): return torch.randn(2, 3)
def named(): return randn(2, 3)
def fromCore(): return torch.randn_like(torch.ones(2, 3))
def boundEarly(): return early(2, 3)
def initializer(): return torch.nn.init.normal_(torch.empty(2, 3))
def inPieces(): return torch.cat([torch.randn(1, 3), Normal(torch.zeros(1, 3), torch.ones(1, 3)).rsample()])
def oldStyle(): return torch.FloatTensor(2, 3).normal_()
def fromDistribution(): return Normal(torch.zeros(2, 3), torch.ones(2, 3)).sample()
def fromNumPy(): return torch.from_numpy(np.random.randn(2, 3)).float()
def fromGenerator(): return torch.from_numpy(np.random.default_rng().standard_normal((2, 3))).float()
def shifted(): return torch.normal(torch.full((2, 3), 10.0), torch.full((2, 3), 0.5))
def whole(): return torch.empty(6).normal_(0, 10).add(0.5).floor().int()
def longer(): return torch.randn(10)
def seeded(): return [torch.randn(3, generator=generator(42)), torch.randn(3, generator=generator(42)), torch.randn(2)]
def seededOtherwise(): return torch.randn(3, generator=generator(43))
def uniform(): return torch.empty(200).uniform_(-1, 3)
def gamma(): return torch.distributions.Gamma(2.0, 1.0).sample((50,))
def dropout(): return torch.nn.functional.dropout(torch.ones(200), 0.25)
def mathRandom(): return [random.random(), random.random(), random.random()]
def mixed(): return [torch.rand(2), torch.randn(2), random.random(), torch.randn(2)]
def many():
    for _ in range(1000):
        torch.randn(1)
    return 1
`;

const gradients = `
import torch
def product(x, y): return torch.sum(x * torch.exp(y))
def parts(x, y): return {'squares': x ** 2, 'total': y.sum(), 'text': 'none'}
def tuple(x, y): return x.sum(), (y ** 2).sum()
def constant(*_): return torch.tensor(3.0)
def detached(x, *_): return torch.tensor(x.tolist()).sum()
def noisy(x, *_): return (x * torch.randn(x.shape)).sum()
def talkative(x, *_):
    print('called')
    return x.sum()
def encoded(model, x): return model.enc.encode(x)[0].sum()
def spread(model, x): return model.enc.encode(x)[1].sum()
def prior(model): return 2 * model.z_pre[:, 0].sum()
def gathered(x, *_): return x[[0, 0, 1]].sum()
`;

const measured = `
import sys
import torch
from torch.nn import functional as F
def prints():
    print('one', 1, {'two': 2})
    print('to stderr', file=sys.stderr)
    sys.stdout.write('no newline')
    sys.stderr.write(' | ')
    print([[1]])
    print('π')
    return 1
def silent(): return 1
def vectorised(x): return (x ** 2).sum()
def looped(x): return sum((row ** 2).sum() for row in x)
def read(x):
    for _ in range(3):
        x.sum().item()
    return x
def busy(x):
    hidden = F.elu(x @ x.t())
    weights = torch.softmax(hidden / 3, -1)
    bound = torch.logsumexp(F.softplus(hidden).log() + torch.sigmoid(weights), 0)
    together = torch.cat([hidden, weights], 1)
    return {
        'hidden': hidden, 'weights': weights, 'bound': bound, 'mean': together.mean(1), 'variance': together.var(1, unbiased=False),
        'cumulated': torch.tanh(hidden).cumsum(1),
        'largest': hidden.max(0)[0],
        'picked': hidden[[1, 0]],
        'ratio': hidden.abs().sqrt() / (1 + hidden ** 2),
        'powers': weights.abs() ** 1.5,
    }
`;

const modules: Readonly<Record<string, string>> = {
  'imports.py': `
from __future__ import annotations
import importlib
import lib.helper
from .lib.helper import double
from codebase.lib.helper import double as emitted
from lib import five, helper
import base
def value(): return [double(1), lib.helper.double(2), emitted(3), helper.hundredfold(3), five, 6 if base.base == 2 and lib.helper is helper else 0]
def once(): return importlib.import_module('lib.helper').double(4)
`,
  'lib/helper.py': `
from ..base import base
def double(x): return x * base
def hundredfold(x): return x * 100
`,
  'lib/__init__.py': 'five = 5',
  'base.py': 'base = 2',
  'circle-a.py': `
from circle_b import from_b
def from_a(): return 1
def value(): return from_b() + 10
`,
  'circle_b.py': `
import importlib
circle = importlib.import_module('circle-a')
def from_b(): return circle.from_a() + 100
`,
  'state.py': 'calls = 0\ndef count():\n    global calls\n    calls += 1\n    return calls\n',
  'given/maths.py': `
import importlib
other = importlib.import_module('uses-given')
seventeen = 17
def half(x): return x * 1000
def third(x): return half(x) / 1.5
def circular(): return other is not None
`,
  'given/damaged.py': 'def kept(:\n',
  'uses-given.py': `
import given.maths
from given.damaged import kept
def useBoth(): return [given.maths.half(8), given.maths.third(9), kept(), given.maths.seventeen]
`,
  'broken.py': 'def run():\n  return 1 +\n',
  'imports-broken.py': 'import broken\ndef value(): return broken.run()',
  'imports-missing.py': 'from lib import helper_that_was_not_handed_in as x\ndef value(): return x',
  'imports-package.py': 'import sklearn\ndef value(): return sklearn',
  'imports-late.py': 'def value():\n    import sklearn.svm\n',
  'imports-optional.py': 'try:\n    import sklearn\nexcept ImportError:\n    sklearn = None\nvalue = lambda: 1\n',
  'throws-early.py': `class RangeError(Exception): pass\nraise RangeError('while it was loaded')\ndef value(): return 1`,
};

const originals: Readonly<Record<string, string>> = {
  'given/maths.py': 'def half(x): return x / 2',
  'given/damaged.py': 'def kept(): return 5',
  'given/only.py': 'from .maths import half\ndef quarter(x): return half(half(x))',
  'given/through.py': 'def doubled(asked, x): return asked(2 * x)',
};

const training = `
import torch
def fits(model, x): return {'nelbo': ((model.dec.decode(x) - 3) ** 2).mean(), 'kl': torch.zeros(())}
def moves(model, x): return (model.z_pre[:, :2] ** 2).sum(), x.sum()
def reaches(model, x): return {'nelbo': model.dec.decode(x).detach().sum()}
`;

const files = (texts: Readonly<Record<string, string>>) => Object.entries(texts).map(([path, text]) => ({ path, text }));

const available = 'import only numpy, torch, Python’s own modules and your own files';

export const pythonPrograms: LanguagePrograms = {
  ending: '.py',
  files: files({ 'echo.py': echo, 'noise.py': noise, 'gradients.py': gradients, 'training.py': training, 'measured.py': measured, ...modules }),
  originals: files(originals),
  lacking: {},
  // Nothing answers later; and a truncated normal is made of uniform numbers.
  lacks: ['later', 'truncated', 'truncatedShifted'],
  served: ['oldStyle', 'fromDistribution', 'fromNumPy', 'fromGenerator'],
  printed: "one 1 {'two': 2}\nto stderr\nno newline | [[1]]\nπ\n",
  broken: { says: 'broken.py does not compile: invalid syntax (broken.py:2:', place: 'broken.py:2' },
  reachingOut: [
    ['imports-missing', "'lib.helper_that_was_not_handed_in' (imported by imports-missing.py) is not in the hand-in"],
    ['imports-package', `'sklearn' is not available here: ${available}`],
    ['imports-late', `'sklearn' is not available here: ${available}`],
  ],
};
