"""
The VAE of problem 1 and its importance weighted bound of problem 3:
p(z) = N(0, I), p(x|z) = Bern(sigmoid(dec.decode(z))), q(z|x) = enc.encode(x).
"""
import torch

from submission import utils as ut
from submission.models import nns


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
        q = torch.distributions.Normal(*[f(t) for f, t in zip((lambda t: t, torch.sqrt), self.enc.encode(x))])
        p = torch.distributions.Normal(torch.zeros_like(q.mean), torch.ones_like(q.mean))
        logits = self.dec.decode(q.rsample())
        rec = torch.nn.functional.binary_cross_entropy_with_logits(logits, x, reduction='none').sum(1).mean()
        kl = torch.distributions.kl_divergence(q, p).sum(1).mean()
        return kl + rec, kl, rec

    def negative_iwae_bound(self, x, iw):
        """
        Problem 3.2: the negative of L_m(x) = E[ log 1/m sum_i p(x, z_i) / q(z_i|x) ] with m = iw, from one
        draw of the m samples of each image, averaged over the batch: ut.duplicate, ut.log_mean_exp.
        The handout leaves kl and rec open: return the averages over samples and batch of
        log q(z|x) - log p(z) and of -log p(x|z).

        x (batch, pixels), each pixel 0 or 1 -> three scalars: niwae, kl, rec
        """
        m, v = self.enc.encode(x)
        log_w, kls, recs = [], [], []
        for _ in range(iw):
            z = ut.sample_gaussian(m, v)
            kls.append(ut.log_normal(z, m, v) - ut.log_normal(z, self.z_prior_m, self.z_prior_v))
            recs.append(-ut.log_bernoulli_with_logits(x, self.dec.decode(z)))
            log_w.append(-kls[-1] - recs[-1])
        niwae = -(torch.logsumexp(torch.stack(log_w), 0) - torch.log(torch.tensor(float(iw)))).mean()
        return niwae, torch.stack(kls).mean(), torch.stack(recs).mean()
