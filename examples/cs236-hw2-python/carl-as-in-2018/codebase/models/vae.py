"""
The VAE of problem 1 and its importance weighted bound of problem 3:
p(z) = N(0, I), p(x|z) = Bern(sigmoid(dec.decode(z))), q(z|x) = enc.encode(x).
"""
import torch

from codebase import utils as ut
from codebase.models import nns


class VAE(torch.nn.Module):
    def __init__(self, nn='v1', name='vae', z_dim=2):
        super().__init__()
        self.name = name
        self.z_dim = z_dim
        networks = getattr(nns, nn)
        self.enc = networks.Encoder(z_dim)
        self.dec = networks.Decoder(z_dim)
        # Mean and variance of p(z), broadcast to (batch, z).
        self.z_prior_m = torch.nn.Parameter(torch.zeros(1), requires_grad=False)
        self.z_prior_v = torch.nn.Parameter(torch.ones(1), requires_grad=False)
        self.z_prior = (self.z_prior_m, self.z_prior_v)

    def negative_elbo_bound(self, x):
        """
        Problem 1.2: nelbo = kl + rec, each averaged over the batch.

            kl  = KL(q(z|x) || p(z))          in closed form: ut.kl_normal
            rec = -E_q(z|x)[ log p(x|z) ]     from one sample: ut.sample_gaussian, ut.log_bernoulli_with_logits

        x (batch, pixels), each pixel 0 or 1 -> three scalars: nelbo, kl, rec
        """
        m, v = self.enc.encode(x)
        x = x.to(ut.device)
        z = ut.sample_gaussian(m, v).to(ut.device)
        rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z)).mean()
        kl = ut.kl_normal(m, v, self.z_prior_m, self.z_prior_v).mean()
        return rec + kl, kl, rec

    def negative_iwae_bound(self, x, iw):
        """
        Problem 3.2: the negative of L_m(x) = E[ log 1/m sum_i p(x, z_i) / q(z_i|x) ] with m = iw, from one
        draw of the m samples of each image, averaged over the batch: ut.duplicate, ut.log_mean_exp.
        The handout leaves kl and rec open: return the averages over samples and batch of
        log q(z|x) - log p(z) and of -log p(x|z).

        x (batch, pixels), each pixel 0 or 1 -> three scalars: niwae, kl, rec
        """
        m, v = self.enc.encode(x)
        m, v, x = (ut.duplicate(t, iw) for t in (m, v, x))
        z = ut.sample_gaussian(m, v)
        rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z))
        kl = ut.log_normal(z, m, v) - ut.log_normal(z, self.z_prior_m, self.z_prior_v)
        log_w = -(kl + rec)
        niwae = -ut.log_mean_exp(log_w.view(iw, -1), dim=0).mean()
        return niwae, kl.mean(), rec.mean()
