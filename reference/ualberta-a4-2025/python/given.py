"""What is given, and stays as it is: the grader brings its own copy."""
import math

import torch


def objective_towards(target):
    """
    f_theta(x) = log N(x | mean, variance) + 1/2 |x - target|^2 with theta = (mean, variance), as a function of
    x (n, d), mean (d,) and variance (d,) -> (n,)
    """

    def f(x, mean, variance):
        density = torch.log(2 * math.pi * variance) + (x - mean) ** 2 / variance
        return 0.5 * ((x - target) ** 2 - density).sum(-1)

    return f


def losses_of(train, *arguments):
    """How the grader asks a training: its losses may be a list of numbers or a tensor."""
    losses = train(*arguments)
    if isinstance(losses, (list, tuple)):
        return torch.tensor([float(loss) for loss in losses])
    return losses
