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
    # solution:begin
    return Encoder(latent, 0)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conv-vae/encoder has not been answered yet')


def reparameterize(mean, log_var):
    """
    One sample of N(mean, exp(log_var)) for every entry, drawn so that the gradient of a loss reaches both arguments.
    Every entry needs noise of its own.

    mean, log_var (batch, latent) -> z (batch, latent)
    """
    # solution:begin
    # Kingma and Welling 2014 (arXiv:1312.6114), section 2.4, with sigma = exp(1/2 log sigma^2)
    return mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conv-vae/reparameterize has not been answered yet')


def build_decoder(latent):
    """
    The decoder: a torch.nn.Module from z (batch, latent) to logits of the pixels (batch, 1, 28, 28). Logits, not
    probabilities: the handout's xhat is their sigmoid, which the loss applies. The same freedom and bounds.

    latent, the number of latent dimensions -> the network
    """
    # solution:begin
    return Decoder(latent)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conv-vae/decoder has not been answered yet')


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
    # solution:begin
    # -log Bern(x | sigmoid(l)) = softplus(l) - x l
    rec = (F.softplus(logits) - images * logits).flatten(1).sum(1).mean()
    # Kingma and Welling 2014, appendix B
    kl = -0.5 * (1 + log_var - mean**2 - log_var.exp()).sum(1).mean()
    return kl + rec, kl, rec
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conv-vae/loss has not been answered yet')


def negative_elbo(model, images):
    """
    The whole way: encode, one sample of `reparameterize`, decode, `loss_function`.

        model.encode(images) -> mean, log_var          model.decode(z) -> logits (batch, 1, height, width)

    a model, images (batch, 1, height, width) -> nelbo, kl, rec
    """
    # solution:begin
    mean, log_var = model.encode(images)
    return loss_function(images, model.decode(reparameterize(mean, log_var)), mean, log_var)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conv-vae/negative-elbo has not been answered yet')


def build_conditional_encoder(latent):
    """
    The encoder of q(z|x,c): a torch.nn.Module that is called with images (batch, 1, 28, 28) and c as one-hot rows
    (batch, 10), and returns mean and log_var. The freedom and the bounds are those of `build_encoder`; where the
    class comes in is yours to choose.

    latent, the number of latent dimensions -> the network
    """
    # solution:begin
    return Encoder(latent, CLASSES)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conditional-vae/encoder has not been answered yet')


def build_conditional_decoder(latent):
    """
    The decoder of p(x|z,c): a torch.nn.Module that is called with z (batch, latent) and c as one-hot rows (batch, 10),
    and returns logits of the pixels (batch, 1, 28, 28).

    latent, the number of latent dimensions -> the network
    """
    # solution:begin
    return Decoder(latent + CLASSES)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conditional-vae/decoder has not been answered yet')


def conditional_negative_elbo(model, images, labels):
    """
    The negative ELBO of log p(x|c): as `negative_elbo`, with the class given to both networks. The label is seen, so
    nothing is summed over classes, and the prior p(z) is the same for all of them. The networks take one-hot rows, so
    make them of the class numbers.

        model.encode(images, c) -> mean, log_var          model.decode(z, c) -> logits (batch, 1, height, width)

    a model, images (batch, 1, height, width), labels (batch,) from 0 to 9 -> nelbo, kl, rec
    """
    # solution:begin
    c = F.one_hot(labels, CLASSES).float()
    mean, log_var = model.encode(images, c)
    return loss_function(images, model.decode(reparameterize(mean, log_var), c), mean, log_var)
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conditional-vae/negative-elbo has not been answered yet')


def generate(model, labels, latent):
    """
    A new image of each class: z from the prior, decoded with the class, as probabilities of the pixels (the mean of
    p(x|z,c); do not draw the pixels). Every image needs a z of its own.

    a model, labels (count,) from 0 to 9, its number of latent dimensions -> (count, 1, height, width)
    """
    # solution:begin
    z = torch.randn(len(labels), latent)
    return torch.sigmoid(model.decode(z, F.one_hot(labels, CLASSES).float()))
    # solution:end
    # stub: raise NotImplementedError('nyu-hw4/conditional-vae/generate has not been answered yet')
# solution:begin


class Encoder(nn.Module):
    """Two convolutions that halve the sides; image and class meet before the outputs, or the class could only shift them."""

    def __init__(self, latent, classes):
        super().__init__()
        self.convolutions = nn.Sequential(nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(8, 16, 3, stride=2, padding=1), nn.ReLU(), nn.Flatten())
        self.hidden = nn.Sequential(nn.Linear(7 * 7 * 16 + classes, 64), nn.ReLU())
        # A mean and a log variance may be negative: no activation.
        self.mean, self.log_var = nn.Linear(64, latent), nn.Linear(64, latent)

    def forward(self, images, *c):
        hidden = self.hidden(torch.cat([self.convolutions(images), *c], dim=1))
        return self.mean(hidden), self.log_var(hidden)


class Decoder(nn.Module):
    """A dense layer and two transposed convolutions that double the sides. Logits may be any number: no activation."""

    def __init__(self, size):
        super().__init__()
        self.hidden = nn.Sequential(nn.Linear(size, 7 * 7 * 16), nn.ReLU(), nn.Unflatten(1, (16, 7, 7)))
        self.doubling = nn.Sequential(nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1), nn.ReLU(), nn.ConvTranspose2d(8, 1, 4, stride=2, padding=1))

    def forward(self, z, *c):
        return self.doubling(self.hidden(torch.cat([z, *c], dim=1)))
# solution:end
