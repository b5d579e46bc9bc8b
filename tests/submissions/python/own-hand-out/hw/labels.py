import math

import torch

from hw import dists
from hw.nns import v1 as nns


class Semi(torch.nn.Module):
    def __init__(self, z_dim=2, y_dim=10):
        super().__init__()
        self.y_dim = y_dim
        self.enc, self.dec, self.cls = nns.Encoder(z_dim, y_dim), nns.Decoder(z_dim, y_dim), nns.Classifier(y_dim)

    def elbo(self, x):
        """Parts are negative: of the ELBO and not of the loss."""
        logits = self.cls.classify(x)
        log_q, q = torch.log_softmax(logits, 1), torch.softmax(logits, 1)
        kl_y = (q * (log_q + math.log(self.y_dim))).sum(-1).mean()
        y = torch.eye(self.y_dim).repeat_interleave(len(x), 0)
        xs = x.repeat(self.y_dim, 1)
        m, v = self.enc.encode(xs, y)
        z = dists.draw(v, m)
        weights = q.t().reshape(-1)
        kl_z = (weights * dists.kl_to(m, v, torch.zeros(1), torch.ones(1))).sum() / len(x)
        rec = -(weights * dists.pixels(xs, self.dec.decode(z, y))).sum() / len(x)
        return -(kl_y + kl_z + rec), -kl_z, -kl_y, -rec


class Full(torch.nn.Module):
    def __init__(self, z_dim=2, y_dim=10):
        super().__init__()
        self.enc, self.dec = nns.Encoder(z_dim, y_dim), nns.Decoder(z_dim, y_dim)

    def loss(self, y, x):
        m, v = self.enc.encode(x, y)
        z = dists.draw(v, m)
        kl = dists.kl_to(m, v, torch.zeros(1), torch.ones(1)).mean()
        rec = dists.surprise(self.dec.decode(z, y), torch.full_like(x, 0.1), x).mean()
        return kl + rec, kl, rec
