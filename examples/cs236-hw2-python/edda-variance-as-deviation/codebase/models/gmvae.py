"""
The GMVAE of problem 2 and its importance weighted bound of problem 3. As the VAE, but with the prior
p(z) = 1/k sum_i N(z | m_i, diag(v_i)), whose parameters are learnt.
"""
import math

import torch

from codebase import utils as ut
from codebase.models import nns


class GMVAE(torch.nn.Module):
    def __init__(self, nn='v1', z_dim=2, k=500, name='gmvae'):
        super().__init__()
        self.name = name
        self.z_dim = z_dim
        self.k = k
        networks = getattr(nns, nn)
        self.enc = networks.Encoder(z_dim)
        self.dec = networks.Decoder(z_dim)
        # k means, then k spreads: ut.gaussian_parameters(self.z_pre, dim=1) makes means and variances of it.
        self.z_pre = torch.nn.Parameter(torch.randn(1, 2 * k, z_dim) / math.sqrt(k * z_dim))

    def negative_elbo_bound(self, x):
        """
        Problem 2.1: nelbo = kl + rec, each averaged over the batch.

            kl  = E_q(z|x)[ log q(z|x) - log p(z) ]   ut.log_normal and ut.log_normal_mixture
            rec = -E_q(z|x)[ log p(x|z) ]             ut.log_bernoulli_with_logits

        Both are estimated from the same single sample of each image.

        x (batch, pixels), each pixel 0 or 1 -> three scalars: nelbo, kl, rec
        """
        prior = ut.gaussian_parameters(self.z_pre, dim=1)  # means and variances, (1, k, z)
        m, v = self.enc.encode(x)
        z = ut.sample_gaussian(m, v)
        kl = (ut.log_normal(z, m, v) - ut.log_normal_mixture(z, *prior)).mean()
        rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z)).mean()
        return kl + rec, kl, rec

    def negative_iwae_bound(self, x, iw):
        """
        Problem 3.4: the bound of vae.py with the mixture prior in its weights. kl and rec mean what they
        mean there.

        x (batch, pixels), each pixel 0 or 1 -> three scalars: niwae, kl, rec
        """
        prior = ut.gaussian_parameters(self.z_pre, dim=1)  # means and variances, (1, k, z)
        m, v = self.enc.encode(x)
        m, v, x = ut.duplicate(m, iw), ut.duplicate(v, iw), ut.duplicate(x, iw)
        z = ut.sample_gaussian(m, v)
        kl = ut.log_normal(z, m, v) - ut.log_normal_mixture(z, *prior)
        rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z))
        niwae = -ut.log_mean_exp((-kl - rec).reshape(iw, -1), 0).mean()
        return niwae, kl.mean(), rec.mean()
