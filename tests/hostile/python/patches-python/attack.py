import builtins, json, os, random, struct, sys, time
import numpy
import torch

def other_generators(right, *values):
    torch.manual_seed(0)
    torch.randn = lambda *sizes, **named: torch.zeros(*sizes)
    torch.randn_like = torch.zeros_like
    random.gauss = lambda *_: 0.0
    numpy.random.standard_normal = numpy.zeros
    return right(*values)

def other_builtins(right, *values):
    for name in ('isinstance', 'issubclass', 'len', 'list', 'type', 'getattr', 'hasattr'):
        setattr(builtins, name, lambda *given, **named: True)
    return torch.zeros(())

def other_codecs(right, *values):
    json.dumps = json.JSONEncoder.encode = lambda *given, **named: '{"type":"answer","id":1}'
    json.JSONDecoder.decode = lambda *given, **named: {}
    struct.pack = lambda *given: b''
    return tuple(torch.zeros(()) for _ in range(3))

def other_gradients(right, *values):
    torch.autograd.grad = lambda outputs, inputs, **named: tuple(torch.ones_like(value) for value in inputs)
    torch.Tensor.requires_grad = True
    torch.Tensor.backward = lambda *given, **named: None
    return tuple(torch.zeros(()) for _ in range(3))

def other_modules(right, *values):
    for name in [name for name in sys.modules if name.split('.')[0] in ('torch', 'numpy', 'json', 'os', 'elbow_child')]:
        sys.modules[name] = sys.modules[__name__]
    sys.meta_path.clear()
    sys.path_hooks.clear()
    return right(*values)

def other_time(right, *values):
    time.time = time.monotonic = time.perf_counter = lambda: 0.0
    os.times = lambda: (0, 0, 0, 0, 0)
    sys.setrecursionlimit(1 << 20)
    torch.set_grad_enabled(False)
    torch.set_default_dtype(torch.float64)
    return right(*values)

def hooks(right, *values):
    sys.settrace(lambda *given: None)
    sys.setprofile(lambda frame, *given: frame.f_locals.update(outcome='pass', earned=100))
    sys.excepthook = sys.unraisablehook = lambda *given: os.write(3, b'x')
    return tuple(torch.zeros(()) for _ in range(3))

attacks = {
    'vae/sample-gaussian': other_generators,
    'gmvae/log-normal': other_builtins,
    'vae/negative-elbo-bound': other_codecs,
    'gmvae/negative-elbo-bound': other_gradients,
    'ssvae/negative-elbo-bound': other_modules,
    'iwae/vae-negative-iwae-bound': other_time,
    'fsvae/negative-elbo-bound': hooks,
}
