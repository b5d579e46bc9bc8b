"""The homework's trainings in PyTorch, written from the handout and sharing no code with elbow.

  train.py RUN DATA OUT [--iterations N] [--seed N]     trains, writes OUT.safetensors and OUT.json
  train.py RUN --time STEPS [--threads N]               prints the seconds of each step, on random images

RUN is vae, gmvae, ssvae or ssvae-gw0. DATA holds train.u8 and labelled.u8 with their labels, and public.u8:
bytes, one image after another, as bench/export-images.mjs writes them.
"""
import argparse, json, struct, time
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

PIXELS, HIDDEN, LABELS, K = 784, 300, 10, 500


def mlp(inputs, outputs, activation):
    return nn.Sequential(nn.Linear(inputs, HIDDEN), activation(), nn.Linear(HIDDEN, HIDDEN), activation(), nn.Linear(HIDDEN, outputs))


class Model(nn.Module):
    def __init__(self, run):
        super().__init__()
        self.run, self.z, labels = run, 64 if run.startswith('ssvae') else 10, LABELS if run.startswith('ssvae') else 0
        self.encoder = mlp(PIXELS + labels, 2 * self.z, nn.ELU)
        self.decoder = mlp(self.z + labels, PIXELS, nn.ELU)
        if labels:
            self.classifier = mlp(PIXELS, LABELS, nn.ReLU)
        if run == 'gmvae':
            self.prior = nn.Parameter(torch.randn(2, 1, K, self.z) / np.sqrt(K * self.z))

    def encode(self, x):
        mean, spread = self.encoder(x).chunk(2, dim=1)
        return mean, F.softplus(spread) + 1e-8

    def loss(self, x, labelled=None, answers=None):
        if self.run == 'vae':
            return sum(self.parts(x))
        if self.run == 'gmvae':
            return sum(self.parts(x))
        cross_entropy = 100 * F.cross_entropy(self.classifier(labelled), answers)
        return cross_entropy if self.run == 'ssvae-gw0' else cross_entropy + self.marginal(x)

    def parts(self, x):
        mean, variance = self.encode(x)
        z = mean + variance.sqrt() * torch.randn_like(mean)
        rec = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction='none').sum(1).mean()
        if self.run == 'vae':
            return 0.5 * (variance + mean ** 2 - 1 - variance.log()).sum(1).mean(), rec
        means, variances = self.prior[0], F.softplus(self.prior[1]) + 1e-8
        mixture = log_normal(z[:, None], means, variances).logsumexp(1) - np.log(K)
        return (log_normal(z, mean, variance) - mixture).mean(), rec

    def marginal(self, x):
        """-ELBO of images without labels: the sum over all labels, one sample of z for each."""
        n = len(x)
        log_q = F.log_softmax(self.classifier(x), 1)
        y = torch.eye(LABELS).repeat(n, 1)
        repeated = x.repeat_interleave(LABELS, 0)
        mean, variance = self.encode(torch.cat([repeated, y], 1))
        z = mean + variance.sqrt() * torch.randn_like(mean)
        logits = self.decoder(torch.cat([z, y], 1))
        rec = F.binary_cross_entropy_with_logits(logits, repeated, reduction='none').sum(1).view(n, LABELS)
        kl = (0.5 * (variance + mean ** 2 - 1 - variance.log()).sum(1)).view(n, LABELS)
        return (log_q.exp() * (kl + rec + log_q + np.log(LABELS))).sum(1).mean()


def log_normal(x, mean, variance):
    return -0.5 * (np.log(2 * np.pi) + variance.log() + (x - mean) ** 2 / variance).sum(-1)


def train(options):
    torch.manual_seed(options.seed)
    read = lambda name: np.fromfile(f'{options.data}/{name}.u8', np.uint8)
    images = torch.from_numpy(read('train')).view(-1, PIXELS)
    grey, answers = torch.from_numpy(read('labelled')).view(-1, PIXELS).float() / 255, torch.from_numpy(read('labelled-labels')).long()
    model = Model(options.run)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    started, order = time.time(), torch.empty(0, dtype=torch.long)
    for _ in range(options.iterations):
        if len(order) < 100:
            order = torch.randperm(len(images))
        x = torch.bernoulli(images[order[:100]].float() / 255)
        order = order[100:]
        adam.zero_grad()
        model.loss(x, torch.bernoulli(grey), answers).backward()
        adam.step()
    write(options, model, time.time() - started)


def write(options, model, seconds):
    tensors = {}
    for name, value in model.named_parameters():
        network, *rest = name.split('.')
        if network == 'prior':
            tensors['prior.means'], tensors['prior.spreads'] = value[0], value[1]
        else:
            tensors[f'{network}.{int(rest[0]) // 2}.{"kernel" if rest[1] == "weight" else "bias"}'] = value.t() if rest[1] == 'weight' else value
    arrays = {name: np.ascontiguousarray(value.detach().numpy(), np.float32) for name, value in sorted(tensors.items())}
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = {'dtype': 'F32', 'shape': list(array.shape), 'data_offsets': [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header).encode()
    with open(f'{options.out}.safetensors', 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text + b''.join(array.tobytes() for array in arrays.values()))
    json.dump({'run': options.run, 'iterations': options.iterations, 'seed': options.seed, 'seconds': seconds, 'torch': torch.__version__}, open(f'{options.out}.json', 'w'))


def measure(options):
    torch.manual_seed(0)
    model = Model(options.run)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    grey, answers = torch.rand(100, PIXELS) * 0.3, torch.arange(100) % LABELS

    def step():
        x = torch.bernoulli(grey)
        adam.zero_grad()
        model.loss(x, x, answers).backward()
        adam.step()

    for _ in range(5):
        step()
    times = []
    for _ in range(options.time):
        started, cpu = time.perf_counter(), time.process_time()
        step()
        times.append({'seconds': time.perf_counter() - started, 'cpuSeconds': time.process_time() - cpu})
    print(json.dumps({'steps': times, 'torch': torch.__version__, 'threads': torch.get_num_threads()}))


parser = argparse.ArgumentParser()
parser.add_argument('run', choices=['vae', 'gmvae', 'ssvae', 'ssvae-gw0'])
parser.add_argument('data', nargs='?')
parser.add_argument('out', nargs='?')
parser.add_argument('--iterations', type=int)
parser.add_argument('--seed', type=int, default=0)
parser.add_argument('--threads', type=int, default=1)
parser.add_argument('--time', type=int)
options = parser.parse_args()
options.iterations = options.iterations or (30_000 if options.run.startswith('ssvae') else 20_000)
torch.set_num_threads(options.threads)
measure(options) if options.time else train(options)
