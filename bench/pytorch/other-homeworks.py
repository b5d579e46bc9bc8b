"""What right work reaches with the networks of the other homeworks, in PyTorch and sharing no code with elbow.

  other-homeworks.py RUN DATA [--seeds N] [--threads N]

RUN is kth-1b (784-400-400-200, LeakyReLU 0.2, 15 epochs, batch 100, rate 1e-3, pixels rounded), nyu-hw4 or
nyu-hw4-conditional (a small convolutional VAE as in that homework's reference, 5 epochs, batch 64, rate 1e-3, pixels
rounded). DATA is what bench/export-images.mjs writes. Prints the loss of each epoch in nats an image, on the images
trained with (while training, as a notebook prints it) and on test images; for the conditional model also how many of
100 new images of each class a classifier, trained on the same images, takes for that class.
"""
import argparse, os
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 10


class Annex(nn.Module):
    def __init__(self):
        super().__init__()
        act = nn.LeakyReLU(0.2)
        self.hidden = nn.Sequential(nn.Linear(784, 400), act, nn.Linear(400, 400), act)
        self.mean, self.log_variance = nn.Linear(400, 200), nn.Linear(400, 200)
        self.decoder = nn.Sequential(nn.Linear(200, 400), act, nn.Linear(400, 400), act, nn.Linear(400, 784))

    def encode(self, x, c):
        h = self.hidden(x)
        return self.mean(h), self.log_variance(h)

    def decode(self, z, c):
        return self.decoder(z)


class Conv(nn.Module):
    def __init__(self, classes, latent=10):
        super().__init__()
        self.classes, self.latent = classes, latent
        self.convolutions = nn.Sequential(nn.Conv2d(1, 8, 3, 2, 1), nn.ReLU(), nn.Conv2d(8, 16, 3, 2, 1), nn.ReLU(), nn.Flatten())
        self.hidden = nn.Sequential(nn.Linear(7 * 7 * 16 + classes, 64), nn.ReLU())
        self.mean, self.log_variance = nn.Linear(64, latent), nn.Linear(64, latent)
        self.small = nn.Sequential(nn.Linear(latent + classes, 7 * 7 * 16), nn.ReLU())
        self.larger = nn.Sequential(nn.ConvTranspose2d(16, 8, 3, 2, 1, 1), nn.ReLU(), nn.ConvTranspose2d(8, 1, 3, 2, 1, 1), nn.Flatten())

    def with_class(self, values, c):
        return torch.cat([values, c], 1) if self.classes else values

    def encode(self, x, c):
        h = self.hidden(self.with_class(self.convolutions(x.view(-1, 1, 28, 28)), c))
        return self.mean(h), self.log_variance(h)

    def decode(self, z, c):
        return self.larger(self.small(self.with_class(z, c)).view(-1, 16, 7, 7))


def loss(model, x, c):
    """The negative ELBO of each image, with one sample."""
    mean, log_variance = model.encode(x, c)
    z = mean + (log_variance / 2).exp() * torch.randn_like(mean)
    rec = F.binary_cross_entropy_with_logits(model.decode(z, c), x, reduction='none').sum(1)
    return rec - 0.5 * (1 + log_variance - mean ** 2 - log_variance.exp()).sum(1)


def read(folder, part):
    images = np.fromfile(os.path.join(folder, f'{part}.u8'), np.uint8).reshape(-1, 784)
    labels = np.fromfile(os.path.join(folder, f'{part}-labels.u8'), np.uint8).astype(np.int64)
    # Rounded: a half and more is on.
    return torch.from_numpy((images >= 128).astype(np.float32)), torch.from_numpy(labels)


def train(run, folder, seed):
    torch.manual_seed(seed)
    (x, labels), (test, test_labels) = read(folder, 'train'), read(folder, 'test')
    c, test_c = F.one_hot(labels, CLASSES).float(), F.one_hot(test_labels, CLASSES).float()
    model = Annex() if run == 'kth-1b' else Conv(CLASSES if run.endswith('conditional') else 0)
    epochs, batch = (15, 100) if run == 'kth-1b' else (5, 64)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(epochs):
        total = 0
        for chosen in torch.randperm(len(x)).split(batch):
            each = loss(model, x[chosen], c[chosen])
            adam.zero_grad()
            each.mean().backward()
            adam.step()
            total += each.sum().item()
        with torch.no_grad():
            held_out = torch.cat([loss(model, *part) for part in zip(test.split(500), test_c.split(500))]).mean().item()
        print(f'{run} seed {seed} epoch {epoch + 1}: {total / len(x):.2f} while training, {held_out:.2f} on test images', flush=True)
    if run.endswith('conditional'):
        recognised(model, x, labels, test, test_labels)


def recognised(model, x, labels, test, test_labels):
    classifier = nn.Sequential(nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, CLASSES))
    adam = torch.optim.Adam(classifier.parameters(), lr=1e-3)
    for _ in range(5):
        for chosen in torch.randperm(len(x)).split(64):
            adam.zero_grad()
            F.cross_entropy(classifier(x[chosen]), labels[chosen]).backward()
            adam.step()
    with torch.no_grad():
        right = (classifier(test).argmax(1) == test_labels).float().mean().item()
        asked = torch.arange(CLASSES).repeat_interleave(100)
        images = torch.sigmoid(model.decode(torch.randn(len(asked), model.latent), F.one_hot(asked, CLASSES).float()))
        found = (classifier(images).argmax(1) == asked).float().view(CLASSES, 100).mean(1)
    print(f'  the classifier is right on {100 * right:.1f} % of test images; of new images it takes for their class, by class: {" ".join(f"{100 * share:.0f}" for share in found)} %', flush=True)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('run', choices=['kth-1b', 'nyu-hw4', 'nyu-hw4-conditional'])
    parser.add_argument('data')
    parser.add_argument('--seeds', type=int, default=3)
    parser.add_argument('--threads', type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for seed in range(1, options.seeds + 1):
        train(options.run, options.data, seed)
