"""
Coordinate ascent for the earthquakes of section 1, as functions: practice, worth no marks. The handout asks for the
formulas, which are typed in `derivations/`; here they are tried on numbers. torch.digamma and torch.lgamma help.

    quakes   quakes.x (n, 2) places; quakes.s (n,) strengths, counts
    prior    prior.pi (k,); prior.tau, prior.alpha, prior.beta (a rate), prior.rho numbers; prior.nu (2,)
    q        of q(lambda): q.alpha, q.beta (k,); of q(mu): q.mu (k, 2), q.rho (k,) precisions; of q(Z): q.pi (n, k)
"""
import math
from types import SimpleNamespace

import torch


def update_z(quakes, prior, q):
    """
    Section 1.3.2: q*(Z_n = k) for every quake and class, from q(lambda) and q(mu). The formula of log q* holds up to
    a constant: exponentiate and normalise, so that each row sums to 1. A quake far from every centre must not end
    in 0/0.

    -> (n, k)
    """
    raise NotImplementedError('kth-1b/cavi/update-z has not been answered yet')


def update_lambda(quakes, prior, pi):
    """
    Section 1.3.3: alpha* and beta* of q*(lambda_k) for every class, from q(Z).

    pi (n, k) -> alpha, beta, each (k,)
    """
    raise NotImplementedError('kth-1b/cavi/update-lambda has not been answered yet')


def update_mu(quakes, prior, pi):
    """
    Section 1.3.4: mu* and rho* of q*(mu_k) for every class, from q(Z).

    pi (n, k) -> mu (k, 2), rho (k,)
    """
    raise NotImplementedError('kth-1b/cavi/update-mu has not been answered yet')


def elbo(quakes, prior, q):
    """
    The ELBO that the three updates raise: E_q[log p(X, S, Z, lambda, mu)] + H[q] with every constant, in nats.
    Gaussians are two-dimensional, so their normalisers are tau / (2 pi) and rho / (2 pi).

    -> scalar
    """
    raise NotImplementedError('kth-1b/cavi/elbo has not been answered yet')


def coordinate_ascent(quakes, prior, start, rounds):
    """
    `rounds` rounds from given q(lambda) and q(mu): in each Z first, then lambda, then mu, then the ELBO is noted. It
    must never fall; where it does, an update or the ELBO is wrong.

    -> elbo (rounds,), then the factors after the last round: pi, alpha, beta, mu, rho
    """
    raise NotImplementedError('kth-1b/cavi/coordinate-ascent has not been answered yet')
