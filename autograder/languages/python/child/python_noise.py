"""
Generators that are not PyTorch's: NumPy's and Python's own. What the stream holds comes from it; everything
else is recorded, so that it is not taken for a function that draws nothing.
"""
import random

import numpy

# Of numpy.random and of its generator objects.
NUMPY_NORMALS = ('normal', 'standard_normal', 'randn')
NUMPY_OTHERS = (
    'rand', 'random', 'random_sample', 'ranf', 'sample', 'uniform', 'randint', 'integers', 'random_integers', 'choice', 'permutation',
    'shuffle', 'binomial', 'exponential', 'standard_exponential', 'laplace', 'logistic', 'gumbel', 'multinomial', 'multivariate_normal',
    'poisson', 'beta', 'lognormal', 'standard_t', 'bytes', 'permuted', 'triangular', 'rayleigh', 'weibull', 'vonmises', 'geometric', 'standard_cauchy',
)
NUMPY_UNIFORMS = ('rand', 'random', 'random_sample', 'ranf', 'sample', 'uniform')
NUMPY_GAMMAS = ('gamma', 'standard_gamma', 'chisquare', 'dirichlet')
PYTHON_NORMALS = ('gauss', 'normalvariate')
PYTHON_OTHERS = ('random', 'uniform', 'randint', 'randrange', 'choice', 'choices', 'sample', 'shuffle', 'getrandbits', 'expovariate', 'betavariate', 'triangular')


def listen_to_other_generators(noise):
    for name in NUMPY_NORMALS + NUMPY_OTHERS + NUMPY_GAMMAS:
        if hasattr(numpy.random, name):
            setattr(numpy.random, name, recorded(noise, name, getattr(numpy.random, name)))
    numpy.random.seed = reseeding(noise, numpy.random.seed)
    numpy.random.default_rng = generators(noise, numpy.random.default_rng, numpy.random.Generator)
    numpy.random.RandomState = as_type(numpy.random.RandomState, generators(noise, numpy.random.RandomState, numpy.random.RandomState))
    for name in PYTHON_NORMALS:
        setattr(random, name, python_normal(noise, getattr(random, name)))
    for name in PYTHON_OTHERS:
        setattr(random, name, counted(noise, name, getattr(random, name)))
    random.seed = reseeding(noise, random.seed)


seed_numpy = numpy.random.seed
seed_python = random.seed
initial_seed = 0


def seed_other_generators(seed):
    global initial_seed
    initial_seed = seed % 2**32
    seed_numpy(initial_seed)
    seed_python(seed)


def recorded(noise, name, draw, seeded=False):
    if name in NUMPY_NORMALS:
        return numpy_served(noise, name, draw, seeded, 'normal')
    if name in NUMPY_UNIFORMS:
        return numpy_served(noise, name, draw, seeded, 'uniform')
    law = 'gamma' if name in NUMPY_GAMMAS else 'uniform'
    called = 'randperm' if name in ('permutation', 'shuffle', 'permuted') else name

    def counting(*values, **named):
        result = draw(*values, **named)
        if noise.is_serving:
            noise.record(noise.law_of(called, law), int(numpy.size(result)), seeded)
        return result

    return counting


def numpy_served(noise, name, draw, seeded, law):
    def serving(*values, **named):
        result = draw(*values, **named)
        if not noise.is_serving:
            return result
        served = noise.is_served() and not seeded
        noise.record(law, int(numpy.size(result)), not served)
        if not served or not noise.serves(law):
            return result
        drawn = noise.numbers(int(numpy.size(result))).numpy().reshape(numpy.shape(result))
        first, second = (values[:2] + (0.0, 1.0)[len(values[:2]):]) if name in ('normal', 'uniform') else (0.0, 1.0)
        if law == 'normal':
            drawn = named.get('loc', first) + named.get('scale', second) * drawn
        else:
            low, high = named.get('low', first), named.get('high', second)
            drawn = low + (high - low) * drawn
        return drawn.astype(result.dtype) if isinstance(result, numpy.ndarray) else float(drawn)

    return serving


def generators(noise, make, base):
    """Generator objects: one that was given no seed gets the call's, and serves the stream."""

    def generator(seed=None, *rest):
        made = make(initial_seed if seed is None and noise.is_serving else seed, *rest)
        return Recorded(noise, made, seeded=seed is not None)

    # Names that student code looks for on a class.
    generator.__name__ = base.__name__
    return generator


def as_type(base, make):
    """Still a type, for whoever asks what an object is: NumPy 2 does when it makes a generator."""

    class Asked(type):
        def __instancecheck__(cls, value):
            return isinstance(value, (base, Recorded))

    return Asked(base.__name__, (), {'__new__': lambda cls, *values, **named: make(*values, **named)})


class Recorded:
    def __init__(self, noise, generator, seeded):
        self._noise, self._generator, self._seeded = noise, generator, seeded

    def __getattr__(self, name):
        found = getattr(self._generator, name)
        if name not in NUMPY_NORMALS + NUMPY_OTHERS + NUMPY_GAMMAS:
            return found
        return recorded(self._noise, name, found, self._seeded)


def python_normal(noise, draw):
    def normal(mu=0.0, sigma=1.0):
        result = draw(mu, sigma)
        if not noise.is_serving:
            return result
        served = noise.is_served()
        noise.record('normal', 1, not served, one_by_one=True)
        return mu + sigma * float(noise.numbers(1)) if served and noise.serves('normal') else result

    return normal


def counted(noise, name, draw):
    # A number of these is nothing but uniform.
    called = 'rand' if name in ('random', 'uniform') else 'randperm' if name == 'shuffle' else name

    def counting(*values, **named):
        result = draw(*values, **named)
        if not noise.is_serving:
            return result
        law = noise.law_of(called, 'uniform')
        served = noise.is_served() and noise.serves(law) and called == 'rand'
        noise.record(law, 1, one_by_one=True)
        if not served:
            return result
        low, high = (values or (named['a'], named['b'])) if name == 'uniform' else (0.0, 1.0)
        return low + (high - low) * float(noise.numbers(1))

    return counting


def reseeding(noise, seed):
    def reseed(*values, **named):
        if noise.is_serving and (values or named):
            noise.reseeded()
        return seed(*values, **named)

    return reseed
