import torch

class Agrees(torch.Tensor):
    """Whatever is asked of it, the answer is the one that is wanted."""
    def __eq__(self, other): return True
    def __bool__(self): return True
    def __float__(self): return 0.0
    def numpy(self): return torch.zeros(()).numpy()
    def detach(self): return self
    def tolist(self): return []
    @property
    def shape(self): return torch.Size([])
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.zeros(())

class IsEqualToAll:
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __le__(self, other): return True
    def __getattr__(self, name): return self
    def __call__(self, *values, **named): return self
    def __float__(self): return 1.0
    def __array__(self, *values): raise MemoryError('no array')
    @property
    def __class__(self): return torch.Tensor

class Number(float):
    def __float__(self): raise RuntimeError('not today')
    def __repr__(self): raise RuntimeError('nor this')

class Endless(list):
    def __len__(self): return 3
    def __iter__(self):
        while True:
            yield torch.zeros(())

class Raises(Exception):
    def __str__(self): raise ValueError('\x1b[2J<script>alert(1)</script>')
    def __repr__(self): raise ValueError('again')

def cyclic():
    knot = []
    knot.append(knot)
    return knot

def raises(*values):
    raise Raises()

attacks = {
    'vae/sample-gaussian': lambda right, *values: torch.zeros(2, 3).to('meta'),
    'vae/negative-elbo-bound': lambda right, *values: tuple(torch.zeros(()).as_subclass(Agrees) for _ in range(3)),
    'gmvae/log-normal': lambda right, *values: torch.eye(3).to_sparse(),
    'gmvae/negative-elbo-bound': lambda right, *values: (Number(1.0), float('nan'), float('inf')),
    'iwae/vae-negative-iwae-bound': lambda right, *values: Endless(),
    'iwae/gmvae-negative-iwae-bound': lambda right, *values: cyclic(),
    'ssvae/negative-elbo-bound': raises,
    'fsvae/negative-elbo-bound': lambda right, *values: {'nelbo': IsEqualToAll(), 'kl': True, 'rec': 10 ** 400, '__class__': None},
}
