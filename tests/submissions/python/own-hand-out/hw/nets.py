import math

import torch
from torch.nn import functional as F

from hw import dists
from hw.nns import v1 as nns


class Base(torch.nn.Module):
    def __init__(self, z_dim=2):
        super().__init__()
        self.z_dim = z_dim
        self.enc = nns.Encoder(z_dim)
        self.dec = nns.Decoder(z_dim)

    def prior(self):
        return torch.zeros(1), torch.ones(1)

    def log_prior(self, z):
        return -dists.surprise(*self.prior(), z)

    def iwae(self, iw, x):
        """Sums over the batch: the bound itself and not its negative, last."""
        m, v = (part.repeat(iw, 1) for part in self.enc.encode(x))
        z = dists.draw(v, m)
        kl = -dists.surprise(m, v, z) - self.log_prior(z)
        rec = -dists.pixels(x.repeat(iw, 1), self.dec.decode(z))
        bound = torch.logsumexp(-(kl + rec).reshape(iw, -1), dim=0) - math.log(iw)
        return rec.sum() / iw, kl.sum() / iw, bound.sum()


class Plain(Base):
    def elbo(self, x):
        """The ELBO of every image: nothing is averaged."""
        m, v = self.enc.encode(x)
        z = dists.draw(v, m)
        kl = dists.kl_to(m, v, *self.prior())
        rec = -dists.pixels(x, self.dec.decode(z))
        return kl, rec, -(kl + rec)


class Mixture(Base):
    def __init__(self, z_dim=2, k=500):
        super().__init__(z_dim)
        self.k = k
        self.z_pre = torch.nn.Parameter(torch.randn(1, 2 * k, z_dim))

    def log_prior(self, z):
        means, spread = torch.chunk(self.z_pre, 2, dim=1)
        return dists.mixture(means, F.softplus(spread) + 1e-8, z)

    def loss(self, x):
        """As it is asked for."""
        m, v = self.enc.encode(x)
        z = dists.draw(v, m)
        kl = (-dists.surprise(m, v, z) - self.log_prior(z)).mean()
        rec = -dists.pixels(x, self.dec.decode(z)).mean()
        return kl + rec, kl, rec
