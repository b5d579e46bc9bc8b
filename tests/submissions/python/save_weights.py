"""
Writes weights as a course's own training would: `python3 save_weights.py FROM.safetensors TO.pt KIND`, where KIND is
state (a state_dict), beside (in a dict beside other things), module (the whole module) or program (a pickle that is
a program).
"""
import json
import os
import struct
import sys

import numpy
import torch

NAMES = {'encoder': 'enc', 'decoder': 'dec', 'classifier': 'cls'}


def state_of(path):
    data = open(path, 'rb').read()
    (length,) = struct.unpack('<Q', data[:8])
    header = json.loads(data[8:8 + length])
    state = {}
    for name, entry in header.items():
        if name == '__metadata__':
            continue
        start, end = entry['data_offsets']
        tensor = torch.from_numpy(numpy.frombuffer(data[8 + length + start:8 + length + end], '<f4').copy().reshape(entry['shape']))
        network, _, rest = name.partition('.')
        place, part = rest.split('.')
        # A Sequential counts activations too.
        own = '%s.net.%d.%s' % (NAMES[network], 2 * int(place), 'weight' if part == 'kernel' else 'bias')
        state[own] = tensor.t().contiguous() if part == 'kernel' else tensor
    return state


class Program:
    def __reduce__(self):
        return os.system, ('echo GAINED',)


source, target, kind = sys.argv[1:]
state = state_of(source)
torch.save({
    'state': state,
    'beside': {'model': state, 'step': 20000},
    'module': torch.nn.Linear(2, 2),
    'program': {'enc.net.0.weight': Program()},
    'foreign': {'layer.weight': torch.zeros(2, 2)},
}[kind], target)
