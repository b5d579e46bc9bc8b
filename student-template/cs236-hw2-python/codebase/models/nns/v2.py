"""Networks for coloured street numbers: 3072 pixels, two hidden layers of 512."""
import torch
from torch import nn

from ...utils import gaussian_parameters

PIXELS = 3 * 32 * 32
HIDDEN = 512


def layers(inputs, outputs):
    return nn.Sequential(nn.Linear(inputs, HIDDEN), nn.ELU(), nn.Linear(HIDDEN, HIDDEN), nn.ELU(), nn.Linear(HIDDEN, outputs))


class Encoder(nn.Module):
    """q(z|x,y)."""

    def __init__(self, z_dim, y_dim):
        super().__init__()
        self.net = layers(PIXELS + y_dim, 2 * z_dim)

    def encode(self, x, y):
        """Mean and variance, (batch, z) each."""
        return gaussian_parameters(self.net(torch.cat((x, y), dim=1)), dim=1)


class Decoder(nn.Module):
    """The mean of p(x|z,y), and no logits: the pixels are continuous."""

    def __init__(self, z_dim, y_dim):
        super().__init__()
        self.net = layers(z_dim + y_dim, PIXELS)

    def decode(self, z, y):
        return self.net(torch.cat((z, y), dim=1))
