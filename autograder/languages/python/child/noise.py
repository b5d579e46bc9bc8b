"""
The noise of a call. Every operation of PyTorch passes one place below its Python names, the dispatcher; there
standard normals (or uniforms, where the stream holds those) are served from the recorded stream of the call,
however student code asks for them. Every other law keeps its generator, seeded from the call. Each use is recorded, so that the grader knows what can
be compared exactly. Operations are counted at the same place, and a device that is not here becomes the CPU.
"""
import torch
from torch.utils._python_dispatch import TorchDispatchMode

# More draws than any right answer makes in one call are counted together.
MAX_RECORDED_DRAWS = 200

# Operations that draw by themselves, and what the protocol calls their law.
LAWS = {
    **dict.fromkeys(['randn', 'randn_like', 'normal', 'normal_'], 'normal'),
    **dict.fromkeys(['rand', 'rand_like', 'uniform', 'uniform_', 'bernoulli', 'bernoulli_', 'native_dropout'], 'uniform'),
    **dict.fromkeys(['exponential', 'exponential_', 'geometric', 'geometric_', 'cauchy', 'cauchy_', 'log_normal', 'log_normal_'], 'uniform'),
    **dict.fromkeys(['multinomial', 'randint', 'randint_like', 'random', 'random_', 'randperm', 'poisson', 'binomial', 'rrelu_with_noise'], 'uniform'),
    **dict.fromkeys(['_standard_gamma', '_sample_dirichlet'], 'gamma'),
}

# Of the uniform ones, those whose numbers are nothing but uniform: from a stream of uniforms these are served.
UNIFORMS = ('rand', 'rand_like', 'uniform', 'uniform_')
# These put things into an order, and no number of theirs is in a result.
ORDERS = ('randperm',)

CPU = torch.device('cpu')


class Noise(TorchDispatchMode):
    """In force while student code runs."""

    @classmethod
    def _should_skip_dynamo(cls):
        """Else PyTorch 2 imports its compiler, and symbolic algebra with it, to say that it is not to be used here."""
        return False

    def __init__(self):
        super().__init__()
        self._stream = torch.zeros(0, dtype=torch.float64)
        self._law = 'normal'
        self._position = 0
        self._draws = []
        self._serving = False
        self._seed = 0
        self._own_seed = False
        self._beyond = torch.Generator()
        self.operations = 0

    def start(self, stream, seed, law='normal'):
        """Starts the noise of one call: the stream is served from its first number to draws of its law."""
        self._stream = stream.to(torch.float64)
        self._law = law
        self._position = 0
        self._draws = []
        self._seed = seed
        self._own_seed = False
        self._beyond.manual_seed(seed)
        torch.manual_seed(seed)
        self.operations = 0
        self._serving = True

    def stop(self):
        """What is drawn from now on belongs to no call, as while a module is loaded."""
        self._serving = False

    def draws(self):
        return [dict(draw) for draw in self._draws]

    def reseeded(self):
        """Student code has set a seed of its own for a generator that this class does not see."""
        self._own_seed = True

    def record(self, law, count, seeded=False, one_by_one=False):
        """`one_by_one`: of a generator that gives single numbers, which are one use together."""
        seeded = seeded or self._own_seed
        last = self._draws[-1] if self._draws else None
        goes_on = one_by_one and last is not None and (last['law'], last['seeded']) == (law, seeded)
        if goes_on or len(self._draws) >= MAX_RECORDED_DRAWS:
            last['count'] += count
        else:
            self._draws.append({'law': law, 'seeded': seeded, 'count': count})

    def is_served(self, generator=None):
        """Whether numbers come from the stream: not once student code has set a seed of its own."""
        return self._serving and generator is None and not self._own_seed and torch.initial_seed() == self._seed

    def serves(self, law):
        return law == self._law

    def law_of(self, name, law):
        """Beside a stream of uniforms, what makes something else of them is of another law."""
        other = law == 'uniform' and self._law == 'uniform' and name not in UNIFORMS + ORDERS
        return 'other' if other else law

    @property
    def is_serving(self):
        return self._serving

    def numbers(self, count):
        """The next numbers of the stream, in double precision; past its end, those of the call's seed."""
        known = self._stream[self._position:self._position + count]
        self._position += count
        if len(known) == count:
            return known.clone()
        # A valid implementation may draw more.
        draw = torch.randn if self._law == 'normal' else torch.rand
        return torch.cat([known, draw(count - len(known), dtype=torch.float64, generator=self._beyond)])

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        kwargs = dict(kwargs or {})
        self.operations += 1
        if kwargs.get('device') is not None:
            kwargs['device'] = CPU
        name = operation._schema.name.partition('::')[2]
        law = LAWS.get(name)
        if law is None or not self._serving:
            return operation(*args, **kwargs)
        return self._drawn(operation, name, law, args, kwargs)

    def _drawn(self, operation, name, law, args, kwargs):
        served = self.is_served(kwargs.get('generator'))
        # Made as it would be without us: its shape, kind, layout and errors are the library's own.
        result = operation(*args, **kwargs)
        law = self.law_of(name, law)
        self.record(law, result.numel(), seeded=not served)
        if not self.serves(law) or not served:
            return result
        noise = self.numbers(result.numel()).reshape(result.shape)
        first, width = location_and_scale(operation, name, args, kwargs)
        return result.copy_(first + width * noise)


def location_and_scale(operation, name, args, kwargs):
    if name not in ('normal', 'normal_', 'uniform', 'uniform_'):
        return 0.0, 1.0
    names = [argument.name for argument in operation._schema.arguments]
    given = {**dict(zip(names, args)), **kwargs}
    if name.startswith('uniform'):
        start, end = given.get('from', 0.0), given.get('to', 1.0)
        return start, end - start
    return as_double(given.get('mean', 0.0)), as_double(given.get('std', 1.0))


def as_double(value):
    return value.detach().to(torch.float64) if isinstance(value, torch.Tensor) else value
