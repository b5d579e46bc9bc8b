"""
The child's life: say ready, take the hand-in, answer calls until the grader hangs up.
Everything here runs beside student code and holds nothing secret: inputs come in, outputs go out.
"""
import os
import sys
import warnings

import torch

from elbow_child.channel import Channel
from elbow_child.console import capture_console
from elbow_child.execute import execute
from elbow_child.models import Nns
from elbow_child.modules import Modules
from elbow_child.noise import Noise
from elbow_child.python_noise import listen_to_other_generators
from elbow_child.stand_ins import stand_in_for_the_rest
from elbow_child.supplied import load_supplied

PROTOCOL_VERSION = 1


class Surroundings:
    """What calls need beside themselves."""

    def __init__(self, load, noise):
        self.noise = noise
        self.nns = Nns()
        self._sources = {file['path']: file.get('code') for file in load['files']}
        supplied = load_supplied(load.get('supplied'), self.nns)
        self.modules = Modules(load['files'], load['originals'], supplied)
        self.modules.add_stand_in('nns', self.nns)

    def source(self, path):
        return self._sources.get(path)


def serve():
    # Deep recursion is an error with a place, and not the end of the process.
    sys.setrecursionlimit(1000)
    warnings.simplefilter('ignore')
    noise = Noise()
    listen_to_other_generators(noise)
    stand_in_for_the_rest()
    warm_up()

    channel = Channel()
    leave = os._exit
    capture_console(channel.send)
    channel.send({'type': 'ready', 'protocol': PROTOCOL_VERSION, 'backend': 'cpu'})

    load = channel.receive()
    if load is not None:
        surroundings = Surroundings(load[0], noise)
        for call, payload in iter(channel.receive, None):
            channel.send(*execute(call, payload, surroundings))
    # Threads and exit handlers that student code left behind must not keep the child alive.
    leave(0)


def warm_up():
    """The first operation of each kind sets something up; here nobody waits for it."""
    x = torch.ones(2, 2, requires_grad=True)
    torch.nn.functional.softplus(torch.addmm(torch.ones(2), x, x)).logsumexp(0).sum().backward()
    torch.distributions.Normal(torch.zeros(1), torch.ones(1)).log_prob(torch.zeros(1))
