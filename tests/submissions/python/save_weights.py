"""
Writes weights as a course's own training would: `python3 save_weights.py FROM.safetensors TO.pt KIND`, where KIND is
state (a state_dict), notebook (that of kth-1b's
notebook), beside (in a dict beside other things), module (the whole module) or program (a pickle that is
a program).
"""
import json
import os
import struct
import sys

import numpy
import torch

NAMES = {'encoder': 'enc', 'decoder': 'dec', 'classifier': 'cls'}
NOTEBOOK = {'encoder': ['FC_enc1', 'FC_enc2', None], 'decoder': ['FC_dec1', 'FC_dec2', 'FC_output']}


def tensors_in(path):
    data = open(path, 'rb').read()
    (length,) = struct.unpack('<Q', data[:8])
    header = json.loads(data[8:8 + length])
    for name, entry in header.items():
        if name == '__metadata__':
            continue
        start, end = entry['data_offsets']
        yield name, torch.from_numpy(numpy.frombuffer(data[8 + length + start:8 + length + end], '<f4').copy().reshape(entry['shape']))


def state_of(path):
    state = {}
    for name, tensor in tensors_in(path):
        network, _, rest = name.partition('.')
        place, part = rest.split('.')
        # A Sequential counts activations too.
        own = '%s.net.%d.%s' % (NAMES[network], 2 * int(place), 'weight' if part == 'kernel' else 'bias')
        state[own] = tensor.t().contiguous() if part == 'kernel' else tensor
    return state


def notebook_of(path):
    state = {}
    for name, tensor in tensors_in(path):
        network, place, part = name.split('.')
        value = tensor.t().contiguous() if part == 'kernel' else tensor
        kind, own = 'weight' if part == 'kernel' else 'bias', NOTEBOOK[network][int(place)]
        if own is None:
            state['Encoder.FC_mean.' + kind], state['Encoder.FC_var.' + kind] = value.chunk(2)
        else:
            state['%s.%s.%s' % (network.capitalize(), own, kind)] = value
    return state


class Program:
    def __reduce__(self):
        return os.system, ('echo GAINED',)


source, target, kind = sys.argv[1:]
state = (notebook_of if kind == 'notebook' else state_of)(source)
torch.save({
    'state': state,
    'notebook': state,
    'beside': {'model': state, 'step': 20000},
    'module': torch.nn.Linear(2, 2),
    'program': {'enc.net.0.weight': Program()},
    'foreign': {'layer.weight': torch.zeros(2, 2)},
}[kind], target)
