"""Networks for digits: 784 pixels, two hidden layers of 300."""
import torch
from torch import nn

from ...utils import gaussian_parameters

PIXELS = 784
HIDDEN = 300


def layers(inputs, outputs, activation=nn.ELU):
    return nn.Sequential(nn.Linear(inputs, HIDDEN), activation(), nn.Linear(HIDDEN, HIDDEN), activation(), nn.Linear(HIDDEN, outputs))


class Encoder(nn.Module):
    """q(z|x), or q(z|x,y) where labels are given."""

    def __init__(self, z_dim, y_dim=0):
        super().__init__()
        self.net = layers(PIXELS + y_dim, 2 * z_dim)

    def encode(self, x, y=None):
        """Mean and variance, (batch, z) each."""
        return gaussian_parameters(self.net(x if y is None else torch.cat((x, y), dim=1)), dim=1)


class Decoder(nn.Module):
    """p(x|z), or p(x|z,y)."""

    def __init__(self, z_dim, y_dim=0):
        super().__init__()
        self.net = layers(z_dim + y_dim, PIXELS)

    def decode(self, z, y=None):
        """Logits of the pixels, (batch, 784)."""
        return self.net(z if y is None else torch.cat((z, y), dim=1))


class Classifier(nn.Module):
    """q(y|x)."""

    def __init__(self, y_dim):
        super().__init__()
        self.net = layers(PIXELS, y_dim, nn.ReLU)

    def classify(self, x):
        """Logits of the labels, (batch, labels)."""
        return self.net(x)
