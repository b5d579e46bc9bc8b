"""
The functions of section 4, which the notebook `1B-Reparameterization` leaves open. Samples are a vector (N,) or a
column (N, 1), as you like: the notebook asks for the one and returns the other.
"""
import torch
from torch.nn import functional as F


def exp_sampler(l, N):
    """
    Q1: N draws of the exponential law with rate l, in any way. No gradient is asked for.

    l scalar -> (N,) or (N, 1)
    """
    # solution:begin
    # 1 - U is as uniform as U
    return -torch.log(torch.rand(N)) / l
    # solution:end
    # stub: raise NotImplementedError('kth-1b/reparameterisation/exp-sampler has not been answered yet')


def inv_cdf_exp(l, samples):
    """
    Q1: the inverse of F(x) = 1 - exp(-l x) at every entry of `samples`.

    l scalar, samples (N,) in (0, 1) -> (N,)
    """
    # solution:begin
    # y = 1 - exp(-l x)  <=>  x = -log(1 - y) / l
    return -torch.log(1 - samples) / l
    # solution:end
    # stub: raise NotImplementedError('kth-1b/reparameterisation/inv-cdf-exp has not been answered yet')


def exp_reparametrize(l, N):
    """
    Q1: N draws by the inverse at uniform noise, so that gradients reach l.

    l scalar -> (N,) or (N, 1)
    """
    # solution:begin
    return inv_cdf_exp(l, torch.rand(N))
    # solution:end
    # stub: raise NotImplementedError('kth-1b/reparameterisation/exp-reparametrize has not been answered yet')


def categorical_sampler(a, N):
    """
    Q2: N labels 0, 1, ... with probabilities a, in any way.

    a (k,), sums to 1 -> (N,) or (N, 1)
    """
    # solution:begin
    return torch.distributions.Categorical(a).sample((N,))
    # solution:end
    # stub: raise NotImplementedError('kth-1b/reparameterisation/categorical-sampler has not been answered yet')


def categorical_reparametrize(a, N, temp=0.1, eps=1e-20):
    """
    Q2: N rows of the Gumbel-softmax with temperature `temp`, so that gradients reach a. `eps` keeps log a finite
    where a is 0.

    a (k,), sums to 1 -> (N, k), rows sum to 1
    """
    # solution:begin
    # Jang, Gu and Poole 2017 (arXiv:1611.01144), equation 2: -log(-log u) is Gumbel noise
    gumbel = -torch.log(-torch.log(torch.rand(N, a.shape[0])))
    return F.softmax((torch.log(a + eps) + gumbel) / temp, dim=1)
    # solution:end
    # stub: raise NotImplementedError('kth-1b/reparameterisation/categorical-reparametrize has not been answered yet')


def evaluate_categorical(y):
    """
    Section 4.2.2: the class of each relaxed row, for evaluation: labels, or one-hot rows as the report writes them.

    y (N, k) -> (N,), (N, 1) or (N, k)
    """
    # solution:begin
    return torch.argmax(y, dim=1)
    # solution:end
    # stub: raise NotImplementedError('kth-1b/reparameterisation/argmax has not been answered yet')
