"""
Builds the model whose method a task asks for: an object of the student's own class, on tiny networks with
given weights. Their classes build their networks through `nns` (`nn.Encoder(z_dim)`), so that module is ours.
"""
import inspect
import types

import torch
from torch import nn
from torch.nn import functional as F

# Keeps every variance above zero, as the homework's own networks do: softplus(h) + 1e-8.
VARIANCE_FLOOR = 1e-8

ACTIVATIONS = {'identity': lambda x: x, 'relu': F.relu, 'elu': F.elu}


class Dense(nn.Module):
    """activation(x kernel + bias); kernel [in, out], as on the wire."""

    def __init__(self, layer, reader):
        super().__init__()
        self.kernel = nn.Parameter(reader.tensor(layer['kernel']))
        self.bias = nn.Parameter(reader.tensor(layer['bias']))
        self.activation = layer['activation']

    def forward(self, x):
        return ACTIVATIONS[self.activation](torch.addmm(self.bias, x, self.kernel))


class Network(nn.Module):
    """Every network of the homework, by whichever of its methods it is called; labels go beside the input."""

    def __init__(self, layers, reader):
        super().__init__()
        self.net = nn.Sequential(*(Dense(layer, reader) for layer in layers))

    def run(self, *inputs):
        given = [value for value in inputs if value is not None]
        return self.net(torch.cat([value.to(torch.float32) for value in given], dim=1) if len(given) > 1 else given[0])

    def encode(self, x, y=None):
        mean, spread = torch.chunk(self.run(x, y), 2, dim=-1)
        return mean, F.softplus(spread) + VARIANCE_FLOOR

    def decode(self, z, y=None):
        return self.run(z, y)

    def classify(self, x):
        return self.run(x)

    forward = run


class GivenModel(nn.Module):
    """A model that is handed to a function: what the networks make of their inputs."""

    def encode(self, *inputs):
        return self.enc.encode(*inputs)

    def decode(self, *inputs):
        return self.dec.decode(*inputs)

    def classify(self, x):
        return self.cls.classify(x)


# The attribute under which a model keeps each network.
ATTRIBUTES = {'encoder': 'enc', 'decoder': 'dec', 'classifier': 'cls'}


class Nns(types.ModuleType):
    """`getattr(nns, 'v1')` is this module again: any architecture has the networks of the call."""

    def __init__(self):
        super().__init__('nns')
        self.__path__ = []
        self.networks = {}

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        word = name.lower()
        if word in ATTRIBUTES:
            # Whatever sizes it is asked for: those of the weights are the call's.
            return lambda *sizes, **named: self.networks[word]
        return self


def build_model(student_class, model, reader, nns):
    """The object, and its parameters by module name in the order of the protocol."""
    nns.networks = {name: Network(layers, reader) for name, layers in model['networks'].items()}
    free = {name: reader.tensor(reference) for name, reference in model['parameters'].items()}
    sizes = sizes_of(model)
    built = student_class(**accepted(student_class, {'nn': 'v1', **sizes}))
    for name, network in nns.networks.items():
        setattr(built, ATTRIBUTES[name], network)
    for name, size in sizes.items():
        setattr(built, name, size)
    parameters = {name: list(network.parameters()) for name, network in nns.networks.items()}
    if free:
        parameters['prior'] = [tensor.requires_grad_() for tensor in free.values()]
        # Not a parameter of the object: gradients are taken with respect to its two parts.
        getattr(built, '_parameters', {}).pop('z_pre', None)
        refresh_prior(built, parameters)
    return built, parameters


def refresh_prior(built, parameters):
    """One tensor holds both parts, as the homework's class has it: means, then what softplus makes variances of."""
    if 'prior' in parameters:
        object.__setattr__(built, 'z_pre', torch.cat(parameters['prior'], dim=1))


def sizes_of(model):
    networks = model['networks']
    sizes = {'z_dim': networks['encoder'][-1]['bias']['shape'][0] // 2}
    labels = networks['decoder'][0]['kernel']['shape'][0] - sizes['z_dim']
    if labels > 0:
        sizes['y_dim'] = labels
    if 'means' in model['parameters']:
        sizes['k'] = model['parameters']['means']['shape'][1]
    return sizes


def accepted(student_class, named):
    """What the constructor takes by name; the rest is set afterwards."""
    takes = inspect.signature(student_class.__init__).parameters
    return {name: value for name, value in named.items() if name in takes}
