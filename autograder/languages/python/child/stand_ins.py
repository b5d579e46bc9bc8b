"""
What old or careless code touches and a grader has no use for: plotting, progress bars, image folders, a GPU.
None of it is here, none of it is an answer, and none of it may keep a function from being graded.
"""
import importlib.abc
import importlib.machinery
import sys
import types

import torch

# Packages that only show, log or fetch something. One that computes is not among them: a made-up
# result would be worse than an honest "not available".
INERT = (
    'matplotlib', 'seaborn', 'plotly', 'torchvision', 'tensorboardX', 'tensorboard', 'wandb', 'PIL', 'imageio', 'cv2', 'IPython',
    'google.colab', 'ipywidgets', 'torchsummary', 'torchinfo', 'requests', 'colorama', 'termcolor',
)
# Below a package that is here.
INERT_PARTS = ('torch.utils.tensorboard',)


class Inert(types.ModuleType):
    """Takes every call and every name, and does nothing."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return NOTHING


class Nothing:
    def __call__(self, *values, **named):
        # A decorator of such a package leaves the function alone.
        return values[0] if len(values) == 1 and not named and callable(values[0]) else self

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __iter__(self):
        # `fig, ax = plt.subplots()`
        return iter((self, self))

    def __getitem__(self, _):
        return self

    def __setitem__(self, _, value):
        pass

    def __mro_entries__(self, _):
        # class MyData(torchvision.datasets.MNIST)
        return (object,)


NOTHING = Nothing()


def is_inert(name):
    return any(name == package or name.startswith(package + '.') for package in INERT + INERT_PARTS)


class StandIns(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """After everything that is really here."""

    def find_spec(self, name, path=None, target=None):
        if is_inert(name):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return Inert(spec.name)

    def exec_module(self, module):
        pass


def stand_in_for_the_rest():
    sys.meta_path.append(StandIns())
    sys.modules['tqdm'] = progress_bars('tqdm')
    for name in ('notebook', 'auto', 'autonotebook'):
        sys.modules['tqdm.' + name] = progress_bars('tqdm.' + name)
        setattr(sys.modules['tqdm'], name, sys.modules['tqdm.' + name])
    do_without_cuda()


def progress_bars(name):
    module = types.ModuleType(name)
    # PyTorch 2 asks of some packages whether they are here, and a module without a spec is an error then.
    module.__spec__ = importlib.machinery.ModuleSpec(name, None, is_package=True)

    class tqdm:
        def __init__(self, iterable=(), *_, **__):
            self.iterable = iterable

        def __iter__(self):
            return iter(self.iterable)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def __getattr__(self, name):
            return lambda *_, **__: None

        write = staticmethod(print)

    module.tqdm = module.tqdm_notebook = tqdm
    module.trange = lambda *bounds, **_: tqdm(range(*bounds))
    module.__path__ = []
    return module


def do_without_cuda():
    """Code that insists on a GPU runs on the CPU: the handout says that it is graded there."""
    torch.cuda._lazy_init = lambda: None
    torch.Tensor.cuda = lambda tensor, *_, **__: tensor
    torch.nn.Module.cuda = lambda module, *_: module
    torch.Tensor.to = here(torch.Tensor.to)
    torch.nn.Module.to = here(torch.nn.Module.to)
    for name in ('tensor', 'as_tensor', 'full', 'arange', 'linspace', 'eye', 'ones', 'zeros', 'empty', 'rand', 'randn'):
        setattr(torch, name, here(getattr(torch, name)))
    for name in ('FloatTensor', 'LongTensor', 'IntTensor', 'DoubleTensor', 'ByteTensor', 'BoolTensor'):
        setattr(torch.cuda, name, getattr(torch, name))
    choose = torch.set_default_tensor_type
    torch.set_default_tensor_type = lambda kind: choose(kind.replace('torch.cuda.', 'torch.') if isinstance(kind, str) else kind)
    # One thread, as the environment says. Setting it asks for the processor's description, which the box has not.
    torch.set_num_threads = torch.set_num_interop_threads = lambda _: None
    load = torch.load
    torch.load = lambda *values, **named: load(*values, **{**named, 'map_location': 'cpu'})


def here(function):
    def on_this_device(*values, **named):
        values = tuple(CPU if is_elsewhere(value) else value for value in values)
        return function(*values, **{name: CPU if name == 'device' and is_elsewhere(value) else value for name, value in named.items()})

    on_this_device.__name__ = function.__name__
    on_this_device.__doc__ = function.__doc__
    return on_this_device


CPU = torch.device('cpu')


def is_elsewhere(value):
    kind = type(value)
    return (kind is torch.device and value.type == 'cuda') or (kind is str and value.partition(':')[0] == 'cuda')
