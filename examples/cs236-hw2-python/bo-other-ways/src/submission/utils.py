"""
Functions that every model of this homework builds on. A diagonal covariance is passed as its diagonal:
variances, not standard deviations. The first three are yours to write; the rest is given, and the grader
brings its own copy of what is given.
"""
import math

import torch
from torch.nn import functional as F


def sample_gaussian(m, v):
    """
    Problem 1.1: one sample of N(m, diag(v)) for every entry, drawn so that the gradient of a loss reaches m
    and v. Every entry needs noise of its own: torch.randn_like.

    m, v (batch, z) -> (batch, z)
    """
    return torch.distributions.Normal(m, v.sqrt()).rsample()


def log_normal(x, m, v):
    """
    Problem 2.1: log N(x | m, diag(v)), summed over the last axis. It is called with tensors of two and of
    three axes, and with arguments that broadcast.

    x, m, v (..., z) -> (...)
    """
    return torch.distributions.Independent(torch.distributions.Normal(m, torch.sqrt(v)), 1).log_prob(x)


def log_normal_mixture(z, m, v):
    """
    Problem 2.1: log 1/k sum_i N(z | m_i, diag(v_i)). `log_mean_exp` keeps it finite.

    z (batch, z), m and v (batch, k, z) or (1, k, z) -> (batch)
    """
    batch, k = z.size(0), m.size(1)
    densities = [log_normal(z, m[:, i], v[:, i]) for i in range(k)]
    return torch.logsumexp(torch.stack(densities), 0) - math.log(k)


# Given from here on.


def gaussian_parameters(h, dim=-1):
    """The output of an encoder is split in two, mean and spread; the variance is softplus(spread) + 1e-8."""
    m, spread = torch.chunk(h, 2, dim=dim)
    return m, F.softplus(spread) + 1e-8


def log_bernoulli_with_logits(x, logits):
    """
    log Bern(x | sigmoid(logits)), summed over the last axis.

    x (0 or 1) and logits (..., pixels) -> (...)
    """
    return (x * logits - F.softplus(logits)).sum(-1)


def kl_normal(qm, qv, pm, pv):
    """
    KL( N(qm, diag(qv)) || N(pm, diag(pv)) ), summed over the last axis.

    four tensors (..., z) -> (...)
    """
    return 0.5 * (torch.log(pv) - torch.log(qv) + qv / pv + (qm - pm) ** 2 / pv - 1).sum(-1)


def kl_cat(q, log_q, log_p):
    """
    KL( Cat(q) || Cat(p) ), summed over the last axis. Takes the probabilities of q, then their logarithms,
    then the logarithms of p.

    q, log_q, log_p (..., labels) -> (...)
    """
    return (q * (log_q - log_p)).sum(-1)


def log_sum_exp(x, dim=0):
    """log sum_i exp(x_i) over one axis, without overflow or underflow."""
    largest = x.max(dim, keepdim=True)[0]
    return largest.squeeze(dim) + (x - largest).exp().sum(dim).log()


def log_mean_exp(x, dim):
    """log( 1/n sum_i exp(x_i) ) over one axis of length n, without overflow or underflow."""
    largest = x.max(dim, keepdim=True)[0]
    return largest.squeeze(dim) + (x - largest).exp().mean(dim).log()


def duplicate(x, rep):
    """
    The batch repeated as a whole, rep times: row r * batch + b of the answer is row b of x.

    x (batch, ...) -> (rep * batch, ...)
    """
    return x.expand(rep, *x.shape).reshape(-1, *x.shape[1:])
