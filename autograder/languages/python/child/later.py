"""
Parts of PyTorch that it imports and that hardly any homework touches, loaded when somebody does: a child starts in
four fifths of the time. To be installed before PyTorch is imported. Only for the versions it was tried with: later
ones already do much of this themselves.
"""
import importlib.machinery
import importlib.util
import os
import sys

PARTS = frozenset((
    'torch.onnx', 'torch._meta_registrations', 'torch.quantization', 'torch.hub', 'torch.utils.data', 'torch.masked', 'torch.profiler', 'torch.special', 'torch.fft',
    'torch.nn.quantized', 'torch.nn.qat', 'torch.nn.intrinsic', 'torch.nn.quantizable', 'torch._torch_docs', 'torch._tensor_docs', 'torch._storage_docs',
))
TRIED = '1.13'


class Later:
    """Finds modules as Python does, and has them run at the first use of one of their names."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name not in PARTS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def load_parts_later():
    if version().startswith(TRIED):
        sys.meta_path.insert(0, Later)


def version():
    """Of PyTorch, without importing it."""
    names = {}
    spec = importlib.machinery.PathFinder.find_spec('torch')
    try:
        with open(os.path.join(os.path.dirname(spec.origin), 'version.py')) as file:
            exec(file.read(), names)
    except (AttributeError, OSError):
        return ''
    return str(names.get('__version__', ''))
