"""
A convolutional VAE and a conditional one, of 28 x 28 images with pixels from 0 to 1: the handout's programming
assignment. Images are (batch, 1, height, width), as PyTorch has them.

    VAE           p(z) = N(0, I), p(x|z) = Bern(sigmoid(decoder(z))), q(z|x) = N(mean, exp(log_var)) by the encoder
    conditional   p(z) = N(0, I) whatever the class, p(x|z,c) and q(z|x,c); c is a digit from 0 to 9
"""
import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 10


def build_encoder(latent):
    """
    The encoder: a torch.nn.Module from images (batch, 1, 28, 28) to two outputs, in this order, mean (batch, latent)
    and log_var (batch, latent). Which layers is yours to choose: at least one convolution, something that is not
    linear, and at most a million weights. Both outputs may be any real number.

    latent, the number of latent dimensions -> the network
    """
    raise NotImplementedError('nyu-hw4/conv-vae/encoder has not been answered yet')


def reparameterize(mean, log_var):
    """
    One sample of N(mean, exp(log_var)) for every entry, drawn so that the gradient of a loss reaches both arguments.
    Every entry needs noise of its own.

    mean, log_var (batch, latent) -> z (batch, latent)
    """
    raise NotImplementedError('nyu-hw4/conv-vae/reparameterize has not been answered yet')


def build_decoder(latent):
    """
    The decoder: a torch.nn.Module from z (batch, latent) to logits of the pixels (batch, 1, 28, 28). Logits, not
    probabilities: the handout's xhat is their sigmoid, which the loss applies. The same freedom and bounds.

    latent, the number of latent dimensions -> the network
    """
    raise NotImplementedError('nyu-hw4/conv-vae/decoder has not been answered yet')


def loss_function(images, logits, mean, log_var):
    """
    The loss of problem 3, the negative ELBO, from what the networks returned:

        rec = -log p(x|z), the binary cross-entropy of problem 3.1, summed over the pixels
        kl  = KL(q(z|x) || p(z)) in closed form, summed over the latent dimensions
        nelbo = kl + rec

    each averaged over the batch (the lab's nn.BCELoss averages over pixels as well: here it does not). Images have
    any height and width. The result must stay finite at logits of any size.

    images, logits (batch, 1, height, width), mean, log_var (batch, latent) -> nelbo, kl, rec
    """
    raise NotImplementedError('nyu-hw4/conv-vae/loss has not been answered yet')


def negative_elbo(model, images):
    """
    The whole way: encode, one sample of `reparameterize`, decode, `loss_function`.

        model.encode(images) -> mean, log_var          model.decode(z) -> logits (batch, 1, height, width)

    a model, images (batch, 1, height, width) -> nelbo, kl, rec
    """
    raise NotImplementedError('nyu-hw4/conv-vae/negative-elbo has not been answered yet')


def build_conditional_encoder(latent):
    """
    The encoder of q(z|x,c): a torch.nn.Module that is called with images (batch, 1, 28, 28) and c as one-hot rows
    (batch, 10), and returns mean and log_var. The freedom and the bounds are those of `build_encoder`; where the
    class comes in is yours to choose.

    latent, the number of latent dimensions -> the network
    """
    raise NotImplementedError('nyu-hw4/conditional-vae/encoder has not been answered yet')


def build_conditional_decoder(latent):
    """
    The decoder of p(x|z,c): a torch.nn.Module that is called with z (batch, latent) and c as one-hot rows (batch, 10),
    and returns logits of the pixels (batch, 1, 28, 28).

    latent, the number of latent dimensions -> the network
    """
    raise NotImplementedError('nyu-hw4/conditional-vae/decoder has not been answered yet')


def conditional_negative_elbo(model, images, labels):
    """
    The negative ELBO of log p(x|c): as `negative_elbo`, with the class given to both networks. The label is seen, so
    nothing is summed over classes, and the prior p(z) is the same for all of them. The networks take one-hot rows, so
    make them of the class numbers.

        model.encode(images, c) -> mean, log_var          model.decode(z, c) -> logits (batch, 1, height, width)

    a model, images (batch, 1, height, width), labels (batch,) from 0 to 9 -> nelbo, kl, rec
    """
    raise NotImplementedError('nyu-hw4/conditional-vae/negative-elbo has not been answered yet')


def generate(model, labels, latent):
    """
    A new image of each class: z from the prior, decoded with the class, as probabilities of the pixels (the mean of
    p(x|z,c); do not draw the pixels). Every image needs a z of its own.

    a model, labels (count,) from 0 to 9, its number of latent dimensions -> (count, 1, height, width)
    """
    raise NotImplementedError('nyu-hw4/conditional-vae/generate has not been answered yet')
