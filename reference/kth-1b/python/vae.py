"""
The two functions of section 2 that the notebook `1B-VAE` leaves open. Encoder and decoder are given there: the
encoder returns a mean and a log variance, the decoder probabilities. In the notebook the first is a method of
`Model`, which is as good.
"""
import torch


def reparameterization(mean, var):
    """
    Q3.1: a sample z of N(mean, diag(var)) for every entry, so that gradients reach both. Every entry needs noise
    of its own.

    mean, var (batch, z) -> (batch, z)
    """
    # solution:begin
    # Kingma and Welling 2014 (arXiv:1312.6114), section 2.4
    return mean + torch.sqrt(var) * torch.randn_like(mean)
    # solution:end
    # stub: raise NotImplementedError('kth-1b/vae/reparameterization has not been answered yet')


def loss_function(x, theta, mean, log_var):
    """
    Q5.3: the negative ELBO, summed over the batch as the notebook does (not averaged). Pixels were rounded to 0
    or 1; theta are probabilities, so no sigmoid is needed. A small constant inside a log, as 1e-8, is welcome.

    x, theta (batch, pixels), mean, log_var (batch, z) -> scalar
    """
    # solution:begin
    rec = -(x * torch.log(theta + 1e-8) + (1 - x) * torch.log(1 - theta + 1e-8)).sum()
    # KL = -1/2 sum (1 + log s2 - s2 - mu^2)
    kl = -0.5 * (1 + log_var - log_var.exp() - mean**2).sum()
    return rec + kl
    # solution:end
    # stub: raise NotImplementedError('kth-1b/vae/loss-function has not been answered yet')
