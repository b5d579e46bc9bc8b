"""
Assignment 4: estimators of a gradient, a VAE and a conditional VAE. The handout's h is z here.

A model is given to your functions and brings its networks:

    VAE    model.encode(x) -> mean, variance of q(z|x)          model.decode(z) -> logits of the pixels
    CVAE   model.encode(x, y) -> mean, variance of q(z|x,y)     model.decode(z, y) -> logits of the pixels

x is (batch, pixels), y (batch, classes) one-hot, z, mean and variance (batch, z). Variances: neither deviations nor
logarithms. p(z) = N(0, I), for every class; pixels are Bernoulli with probabilities sigmoid(logits).
"""
import torch
from torch.nn import functional as F

from given import objective_towards


def reconstruct(model, x):
    """
    Question 2.1: encodes x, draws one z from q(z|x) with the reparameterisation trick, and decodes it. Every entry
    needs noise of its own: torch.randn_like.

    x (batch, pixels) -> logits (batch, pixels), mean (batch, z), variance (batch, z)
    """
    raise NotImplementedError('ualberta-a4-2025/vae/reconstruct has not been answered yet')


def kl_divergence(mean, variance):
    """
    Question 2.2: KL( N(mean, diag(variance)) || N(0, I) ) in closed form, summed over the latent dimensions and
    averaged over the batch.

    mean, variance (batch, z) -> scalar
    """
    raise NotImplementedError('ualberta-a4-2025/vae/kl-divergence has not been answered yet')


def binary_cross_entropy(x, logits):
    """
    Question 2.2: -log p(x|z) for Bernoulli pixels with probabilities sigmoid(logits), summed over the pixels and
    averaged over the batch. It must stay finite at any logit.

    x (0 or 1) and logits (batch, pixels) -> scalar
    """
    raise NotImplementedError('ualberta-a4-2025/vae/binary-cross-entropy has not been answered yet')


def elbo(model, x):
    """
    Question 2.2, the `elbo` loss: what training makes small, the negative evidence lower bound. It is the sum of the
    two functions above, from one reconstruction.

    x (batch, pixels), each pixel 0 or 1 -> scalar
    """
    raise NotImplementedError('ualberta-a4-2025/vae/elbo has not been answered yet')


def train_mnist_vae(model, images, epochs, batch_size, learning_rate):
    """
    Question 2.3: makes `elbo` small with torch.optim.Adam(model.parameters(), lr=learning_rate). Each epoch takes
    every image once, in a new random order, in batches of batch_size of which the last may be smaller.

    images (n, pixels) -> the average loss of each epoch: a list or a tensor (epochs,); the weights of the model change
    """
    raise NotImplementedError('ualberta-a4-2025/vae/train-mnist-vae has not been answered yet')


def reconstruct_cvae(model, x, y):
    """
    Question 3 (c) 1: as for the VAE, but encoder and decoder both see the class.

    x (batch, pixels), y (batch, classes) one-hot -> logits (batch, pixels), mean (batch, z), variance (batch, z)
    """
    raise NotImplementedError('ualberta-a4-2025/cvae/reconstruct has not been answered yet')


def celbo(model, x, y):
    """
    Question 3 (c) 2, the `celbo` loss: what training makes small, the negative conditional evidence lower bound of
    log p(x|y). The prior of z does not depend on the class, so the KL divergence is the VAE's.

    x (batch, pixels), each pixel 0 or 1; y (batch, classes) one-hot -> scalar
    """
    raise NotImplementedError('ualberta-a4-2025/cvae/celbo has not been answered yet')


def train_mnist_cvae(model, images, labels, epochs, batch_size, learning_rate):
    """
    Question 3 (c) 3: makes `celbo` small, as train_mnist_vae does `elbo`; an image and its class stay together.

    images (n, pixels), labels (n, classes) one-hot -> the average loss of each epoch
    """
    raise NotImplementedError('ualberta-a4-2025/cvae/train-mnist-cvae has not been answered yet')


def naive_gradient(mean, variance, target, n):
    """
    Question 1 (a), practice worth no marks: 1/n sum_i grad_theta f_theta(X_i), with n samples X_i of
    N(mean, diag(variance)) that are held fixed while the gradient is taken; theta is mean and variance, and f is
    objective_towards(target). Draw noise of shape (n, d) with torch.randn.

    mean, variance, target (d,) -> a derivative for each entry of mean and of variance, (d,) each
    """
    raise NotImplementedError('ualberta-a4-2025/gradient-estimators/naive has not been answered yet')


def reparameterised_gradient(mean, variance, target, n):
    """
    Question 1 (b), practice worth no marks: the same with X_i = mean + sqrt(variance) * noise_i inside of what is
    differentiated.

    mean, variance, target (d,) -> a derivative for each entry of mean and of variance, (d,) each
    """
    raise NotImplementedError('ualberta-a4-2025/gradient-estimators/reparameterised has not been answered yet')
