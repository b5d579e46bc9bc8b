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
    # solution:begin
    mean, variance = model.encode(x)
    # z = mean + sqrt(variance) * noise, so that gradients reach the encoder
    z = mean + torch.sqrt(variance) * torch.randn_like(mean)
    return model.decode(z), mean, variance
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/vae/reconstruct has not been answered yet')


def kl_divergence(mean, variance):
    """
    Question 2.2: KL( N(mean, diag(variance)) || N(0, I) ) in closed form, summed over the latent dimensions and
    averaged over the batch.

    mean, variance (batch, z) -> scalar
    """
    # solution:begin
    return 0.5 * (mean**2 + variance - torch.log(variance) - 1).sum(1).mean()
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/vae/kl-divergence has not been answered yet')


def binary_cross_entropy(x, logits):
    """
    Question 2.2: -log p(x|z) for Bernoulli pixels with probabilities sigmoid(logits), summed over the pixels and
    averaged over the batch. It must stay finite at any logit.

    x (0 or 1) and logits (batch, pixels) -> scalar
    """
    # solution:begin
    return (F.softplus(logits) - x * logits).sum(1).mean()
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/vae/binary-cross-entropy has not been answered yet')


def elbo(model, x):
    """
    Question 2.2, the `elbo` loss: what training makes small, the negative evidence lower bound. It is the sum of the
    two functions above, from one reconstruction.

    x (batch, pixels), each pixel 0 or 1 -> scalar
    """
    # solution:begin
    logits, mean, variance = reconstruct(model, x)
    return kl_divergence(mean, variance) + binary_cross_entropy(x, logits)
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/vae/elbo has not been answered yet')


def train_mnist_vae(model, images, epochs, batch_size, learning_rate):
    """
    Question 2.3: makes `elbo` small with torch.optim.Adam(model.parameters(), lr=learning_rate). Each epoch takes
    every image once, in a new random order, in batches of batch_size of which the last may be smaller.

    images (n, pixels) -> the average loss of each epoch: a list or a tensor (epochs,); the weights of the model change
    """
    # solution:begin
    return trained(model, lambda rows: elbo(model, images[rows]), len(images), epochs, batch_size, learning_rate)
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/vae/train-mnist-vae has not been answered yet')


def reconstruct_cvae(model, x, y):
    """
    Question 3 (c) 1: as for the VAE, but encoder and decoder both see the class.

    x (batch, pixels), y (batch, classes) one-hot -> logits (batch, pixels), mean (batch, z), variance (batch, z)
    """
    # solution:begin
    mean, variance = model.encode(x, y)
    z = mean + torch.sqrt(variance) * torch.randn_like(mean)
    return model.decode(z, y), mean, variance
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/cvae/reconstruct has not been answered yet')


def celbo(model, x, y):
    """
    Question 3 (c) 2, the `celbo` loss: what training makes small, the negative conditional evidence lower bound of
    log p(x|y). The prior of z does not depend on the class, so the KL divergence is the VAE's.

    x (batch, pixels), each pixel 0 or 1; y (batch, classes) one-hot -> scalar
    """
    # solution:begin
    # equation (2) of the handout, right side: KL(q(z|x,y) || p(z)) - E_q[ log p(x|z,y) ]
    logits, mean, variance = reconstruct_cvae(model, x, y)
    return kl_divergence(mean, variance) + binary_cross_entropy(x, logits)
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/cvae/celbo has not been answered yet')


def train_mnist_cvae(model, images, labels, epochs, batch_size, learning_rate):
    """
    Question 3 (c) 3: makes `celbo` small, as train_mnist_vae does `elbo`; an image and its class stay together.

    images (n, pixels), labels (n, classes) one-hot -> the average loss of each epoch
    """
    # solution:begin
    return trained(model, lambda rows: celbo(model, images[rows], labels[rows]), len(images), epochs, batch_size, learning_rate)
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/cvae/train-mnist-cvae has not been answered yet')


def naive_gradient(mean, variance, target, n):
    """
    Question 1 (a), practice worth no marks: 1/n sum_i grad_theta f_theta(X_i), with n samples X_i of
    N(mean, diag(variance)) that are held fixed while the gradient is taken; theta is mean and variance, and f is
    objective_towards(target). Draw noise of shape (n, d) with torch.randn.

    mean, variance, target (d,) -> a derivative for each entry of mean and of variance, (d,) each
    """
    # solution:begin
    samples = (mean + torch.sqrt(variance) * torch.randn(n, len(mean))).detach()
    return gradients(lambda m, v: samples, mean, variance, target)
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/gradient-estimators/naive has not been answered yet')


def reparameterised_gradient(mean, variance, target, n):
    """
    Question 1 (b), practice worth no marks: the same with X_i = mean + sqrt(variance) * noise_i inside of what is
    differentiated.

    mean, variance, target (d,) -> a derivative for each entry of mean and of variance, (d,) each
    """
    # solution:begin
    noise = torch.randn(n, len(mean))
    return gradients(lambda m, v: m + torch.sqrt(v) * noise, mean, variance, target)
    # solution:end
    # stub: raise NotImplementedError('ualberta-a4-2025/gradient-estimators/reparameterised has not been answered yet')
# solution:begin


def gradients(samples_of, mean, variance, target):
    m, v = (part.detach().clone().requires_grad_() for part in (mean, variance))
    return torch.autograd.grad(objective_towards(target)(samples_of(m, v), m, v).mean(), (m, v))


def trained(model, loss_of, count, epochs, batch_size, learning_rate):
    """Goodfellow, Bengio and Courville 2016, algorithm 8.7 (Adam)."""
    optimiser = torch.optim.Adam(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        total = 0.0
        # A new order every epoch: else the same images would always share a batch.
        for rows in torch.randperm(count).split(batch_size):
            optimiser.zero_grad()
            loss = loss_of(rows)
            loss.backward()
            optimiser.step()
            total += loss.item() * len(rows)
        losses.append(total / count)
    return losses
# solution:end
