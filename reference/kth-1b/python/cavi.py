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
    # solution:begin
    # log q* = log pi_k - tau/2 E|X_n - mu_k|^2 + S_n E log lambda_k - E lambda_k; the softmax never divides 0 by 0
    return torch.softmax(torch.log(prior.pi) - prior.tau / 2 * squared_distances(quakes.x, q) + strengths(quakes.s, q), dim=1)
    # solution:end
    # stub: raise NotImplementedError('kth-1b/cavi/update-z has not been answered yet')


def update_lambda(quakes, prior, pi):
    """
    Section 1.3.3: alpha* and beta* of q*(lambda_k) for every class, from q(Z).

    pi (n, k) -> alpha, beta, each (k,)
    """
    # solution:begin
    return prior.alpha + (quakes.s.unsqueeze(1) * pi).sum(0), prior.beta + pi.sum(0)
    # solution:end
    # stub: raise NotImplementedError('kth-1b/cavi/update-lambda has not been answered yet')


def update_mu(quakes, prior, pi):
    """
    Section 1.3.4: mu* and rho* of q*(mu_k) for every class, from q(Z).

    pi (n, k) -> mu (k, 2), rho (k,)
    """
    # solution:begin
    rho = prior.rho + prior.tau * pi.sum(0)
    return (prior.rho * prior.nu + prior.tau * pi.t() @ quakes.x) / rho.unsqueeze(1), rho
    # solution:end
    # stub: raise NotImplementedError('kth-1b/cavi/update-mu has not been answered yet')


def elbo(quakes, prior, q):
    """
    The ELBO that the three updates raise: E_q[log p(X, S, Z, lambda, mu)] + H[q] with every constant, in nats.
    Gaussians are two-dimensional, so their normalisers are tau / (2 pi) and rho / (2 pi).

    -> scalar
    """
    # solution:begin
    log_rate, rate = rates(q)
    of_classes = (q.pi * torch.log(prior.pi)).sum()
    of_places = (q.pi * (math.log(prior.tau / (2 * math.pi)) - prior.tau / 2 * squared_distances(quakes.x, q))).sum()
    of_strengths = (q.pi * strengths(quakes.s, q)).sum() - torch.lgamma(quakes.s.float() + 1).sum()
    spread = ((q.mu - prior.nu) ** 2).sum(1) + 2 / q.rho
    of_centres = (math.log(prior.rho / (2 * math.pi)) - prior.rho / 2 * spread).sum()
    of_rates = (prior.alpha * math.log(prior.beta) - math.lgamma(prior.alpha) + (prior.alpha - 1) * log_rate - prior.beta * rate).sum()
    return of_classes + of_places + of_strengths + of_centres + of_rates + entropy(q)
    # solution:end
    # stub: raise NotImplementedError('kth-1b/cavi/elbo has not been answered yet')


def coordinate_ascent(quakes, prior, start, rounds):
    """
    `rounds` rounds from given q(lambda) and q(mu): in each Z first, then lambda, then mu, then the ELBO is noted. It
    must never fall; where it does, an update or the ELBO is wrong.

    -> elbo (rounds,), then the factors after the last round: pi, alpha, beta, mu, rho
    """
    # solution:begin
    q, bounds = start, []
    for _ in range(rounds):
        pi = update_z(quakes, prior, q)
        (alpha, beta), (mu, rho) = update_lambda(quakes, prior, pi), update_mu(quakes, prior, pi)
        q = SimpleNamespace(pi=pi, alpha=alpha, beta=beta, mu=mu, rho=rho)
        bounds.append(elbo(quakes, prior, q))
    return torch.stack(bounds), q.pi, q.alpha, q.beta, q.mu, q.rho
    # solution:end
    # stub: raise NotImplementedError('kth-1b/cavi/coordinate-ascent has not been answered yet')
# solution:begin


def rates(q):
    """E log lambda_k and E lambda_k"""
    return torch.digamma(q.alpha) - torch.log(q.beta), q.alpha / q.beta


def strengths(s, q):
    """S_n E log lambda_k - E lambda_k, (n, k)"""
    log_rate, rate = rates(q)
    return s.unsqueeze(1) * log_rate - rate


def squared_distances(x, q):
    """E|X_n - mu_k|^2 = |X_n - E mu_k|^2 + 2 / rho_k, (n, k)"""
    return ((x.unsqueeze(1) - q.mu.unsqueeze(0)) ** 2).sum(2) + 2 / q.rho


def entropy(q):
    of_classes = -torch.xlogy(q.pi, q.pi).sum()
    of_rates = (q.alpha - torch.log(q.beta) + torch.lgamma(q.alpha) + (1 - q.alpha) * torch.digamma(q.alpha)).sum()
    of_centres = (1 + math.log(2 * math.pi) - torch.log(q.rho)).sum()
    return of_classes + of_rates + of_centres
# solution:end
