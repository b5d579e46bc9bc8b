"""
The fully supervised VAE of the bonus problem: p(z) = N(0, I), p(x|z,y) = N(x | dec.decode(z, y), I / 10),
q(z|x,y) = enc.encode(x, y).
"""
import torch

from codebase import utils as ut
from codebase.models import nns

DECODER_VARIANCE = 1 / 10  # diag(sigma^2) of p(x|z,y), the same for every pixel


class FSVAE(torch.nn.Module):
    def __init__(self, nn='v2', name='fsvae'):
        super().__init__()
        self.name = name
        self.z_dim = 10
        self.y_dim = 10
        networks = getattr(nns, nn)
        self.enc = networks.Encoder(self.z_dim, self.y_dim)
        self.dec = networks.Decoder(self.z_dim, self.y_dim)
        # Mean and variance of p(z), broadcast to (batch, z).
        self.z_prior_m = torch.nn.Parameter(torch.zeros(1), requires_grad=False)
        self.z_prior_v = torch.nn.Parameter(torch.ones(1), requires_grad=False)
        self.z_prior = (self.z_prior_m, self.z_prior_v)

    def negative_elbo_bound(self, x, y):
        """
        Bonus 2: nelbo = kl_z + rec of log p(x|y), each averaged over the batch.

            kl_z = KL(q(z|x,y) || p(z))          in closed form: ut.kl_normal
            rec  = -E_q(z|x,y)[ log p(x|z,y) ]   from one sample: a full log-density, its constant included

        x (batch, pixels) real, y (batch, labels) one-hot -> three scalars: nelbo, kl_z, rec
        """
        m, v = self.enc.encode(x, y)
        z = ut.sample_gaussian(m, v)
        kl_z = ut.kl_normal(m, v, self.z_prior_m, self.z_prior_v).mean()
        variance = DECODER_VARIANCE * torch.ones_like(x)
        rec = -ut.log_normal(x, self.dec.decode(z, y), variance).mean()
        return kl_z + rec, kl_z, rec
