"""Section 3 on numbers: practice, worth no marks."""
import torch


def gradient_parts(q, posterior, epsilon):
    """
    Section 3.1: for every row of noise, the gradient of log p(z|x) + log p(x) - log q(z) at
    z = mean + deviation * epsilon, with respect to phi (all means, then all log deviations), and its two parts:

        total = path - score
        path    through z alone: grad_z [log p(z|x) - log q(z)] * grad_phi t(epsilon, phi)
        score   grad_phi log q(z), with z held

    By formulas or by torch.autograd.grad, as you like. What happens to each part where q is the posterior?

    q: q.mean, q.log_deviation (d,); posterior: posterior.mean, posterior.variance (d,); epsilon (n, d)
    -> total, path, score, each (n, 2 d)
    """
    raise NotImplementedError('kth-1b/sticking-the-landing/gradient-parts has not been answered yet')
