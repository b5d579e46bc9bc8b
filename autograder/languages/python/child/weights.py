"""
Weights that torch.save wrote, as plain tensors by the names of elbow's checkpoints. Runs in the box, and without a
line of the student's code: such a file is a pickle, and a pickle is a program. weights_only leaves nothing of it
but tensors.
"""
import io
import pickle

import torch

# The networks of cs236-hw2 by the names that its models give them.
NETWORKS = {'enc': 'encoder', 'dec': 'decoder', 'cls': 'classifier'}
PRIOR = 'z_pre'
# Those of kth-1b's notebook, layer by layer; mean and log variance stand side by side in one.
NOTEBOOK = {'encoder': [['FC_enc1'], ['FC_enc2'], ['FC_mean', 'FC_var']], 'decoder': [['FC_dec1'], ['FC_dec2'], ['FC_output']]}


def opened(length, words):
    """The file's bytes as int32 [...], four by four, and how many they are -> tensors by name."""
    data = words.numpy().tobytes()[:int(length)]
    state = state_in(loaded(data))
    found = of_notebook(state)
    for short, network in NETWORKS.items():
        kernels = [name for name in state if name.startswith(short + '.') and name.endswith('.weight')]
        for place, name in enumerate(kernels):
            # PyTorch keeps a kernel as [out, in].
            found['%s.%d.kernel' % (network, place)] = state[name].float().t().contiguous()
            found['%s.%d.bias' % (network, place)] = state[name[:-len('weight')] + 'bias'].float()
    if PRIOR in state:
        means, spreads = torch.chunk(state[PRIOR].float(), 2, dim=1)
        found.update({'prior.means': means.contiguous(), 'prior.spreads': spreads.contiguous()})
    if not found:
        raise ValueError('it holds none of the networks that this homework names, but: ' + ', '.join(sorted(state)[:5]))
    return found


def of_notebook(state):
    by_layer = {tuple(name.split('.')[-2:]): tensor.float() for name, tensor in state.items() if '.' in name}
    found = {}
    for network, layers in NOTEBOOK.items():
        for place, names in enumerate(layers):
            parts = [(name, part) for name in names for part in ('weight', 'bias')]
            if all(part in by_layer for part in parts):
                # PyTorch keeps a kernel as [out, in].
                found['%s.%d.kernel' % (network, place)] = torch.cat([by_layer[name, 'weight'] for name in names]).t().contiguous()
                found['%s.%d.bias' % (network, place)] = torch.cat([by_layer[name, 'bias'] for name in names])
    return found


def loaded(data):
    try:
        return torch.load(io.BytesIO(data), map_location='cpu', weights_only=True)
    except pickle.UnpicklingError:
        # PyTorch's own words advise to load it without this protection.
        raise ValueError('it holds more than tensors, or is no file of torch.save: save model.state_dict(), not the model') from None


def state_in(stored):
    """The state of a module, by itself or beside an optimiser's and the like."""
    candidates = [stored, *(stored.values() if isinstance(stored, dict) else ())]
    for candidate in candidates:
        if isinstance(candidate, dict) and candidate and all(isinstance(value, torch.Tensor) for value in candidate.values()):
            return candidate
    raise ValueError('it is no state_dict: save model.state_dict(), not the model')
