"""
How the grader trains a small model with your two functions of section 2, as the notebook trains its large one.
Nothing in it is for you to do.
"""
import torch


def ask_short_training(loss_function, reparameterization, model, x):
    """x (batch, pixels) -> the loss of one step, summed over the batch"""
    mean, variance = model.encode(x)
    theta = torch.sigmoid(model.decode(reparameterization(mean, variance)))
    return loss_function(x, theta, mean, torch.log(variance))
