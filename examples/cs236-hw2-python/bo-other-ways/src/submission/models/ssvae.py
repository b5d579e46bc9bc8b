"""
The semi-supervised VAE of problem 4: p(y) uniform over the labels, p(z) = N(0, I), p(x|z,y) = Bern with the
logits dec.decode(z, y), q(y|x) with the logits cls.classify(x), q(z|x,y) = enc.encode(x, y).
"""
import math

import torch
from torch.nn import functional as F

from submission import utils as ut
from submission.models import nns


class SSVAE(torch.nn.Module):
    def __init__(self, nn='v1', name='ssvae', gen_weight=1, class_weight=100):
        super().__init__()
        self.name = name
        self.z_dim = 64
        self.y_dim = 10
        self.gen_weight = gen_weight
        self.class_weight = class_weight
        networks = getattr(nns, nn)
        self.enc = networks.Encoder(self.z_dim, self.y_dim)
        self.dec = networks.Decoder(self.z_dim, self.y_dim)
        self.cls = networks.Classifier(self.y_dim)
        # Mean and variance of p(z), broadcast to (batch, z).
        self.z_prior_m = torch.nn.Parameter(torch.zeros(1), requires_grad=False)
        self.z_prior_v = torch.nn.Parameter(torch.ones(1), requires_grad=False)
        self.z_prior = (self.z_prior_m, self.z_prior_v)

    def negative_elbo_bound(self, x):
        """
        Problem 4.2: nelbo = kl_y + kl_z + rec, each averaged over the batch.

            kl_y = KL(q(y|x) || p(y))                              ut.kl_cat: mind what it takes
            kl_z = sum_y q(y|x) KL(q(z|x,y) || p(z))               ut.kl_normal
            rec  = sum_y q(y|x) E_q(z|x,y)[ -log p(x|z,y) ]        ut.log_bernoulli_with_logits

        The sum goes over all labels; inside it, rec takes one sample of z for each image and label.

        x (batch, pixels), each pixel 0 or 1 -> four scalars: nelbo, kl_z, kl_y, rec
        """
        y_logits = self.cls.classify(x)  # (batch, labels)
        y_logprob = F.log_softmax(y_logits, dim=1)
        y_prob = torch.softmax(y_logits, dim=1)
        # Every image beside every label: row l * batch + b is image b with label l.
        y = torch.eye(self.y_dim).repeat_interleave(x.size(0), dim=0)
        x = ut.duplicate(x, self.y_dim)
        x = x[:x.size(0) // self.y_dim]
        kl_z = rec = 0
        for label in range(self.y_dim):
            one_hot = torch.nn.functional.one_hot(torch.full((x.size(0),), label), self.y_dim).float()
            m, v = self.enc.encode(x, one_hot)
            z = ut.sample_gaussian(m, v)
            weight = y_prob[:, label]
            kl_z = kl_z + (weight * ut.kl_normal(m, v, self.z_prior_m, self.z_prior_v)).mean()
            rec = rec - (weight * ut.log_bernoulli_with_logits(x, self.dec.decode(z, one_hot))).mean()
        kl_y = (y_prob * (y_logprob + torch.log(torch.tensor(float(self.y_dim))))).sum(1).mean()
        return kl_y + kl_z + rec, kl_z, kl_y, rec
