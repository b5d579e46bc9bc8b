"""The bounds of every model once more, by torch.distributions and autograd in float64.

Reads one JSON case on stdin (networks, images, noise), writes the values and the gradients of all
bounds on stdout. Where tests/oracles/bounds.ts writes a density out, this file asks the library.
"""

import json
import sys

import torch
import torch.nn.functional as F
from torch.distributions import Bernoulli, Categorical, Independent, MixtureSameFamily, Normal, kl_divergence

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Network:
    def __init__(self, layers):
        self.layers = [
            (
                torch.tensor(layer["kernel"], requires_grad=True),
                torch.tensor(layer["bias"], requires_grad=True),
                {"identity": lambda h: h, "relu": F.relu, "elu": F.elu}[layer["activation"]],
            )
            for layer in layers
        ]

    def __call__(self, h):
        for kernel, bias, activation in self.layers:
            h = activation(h @ kernel + bias)
        return h

    def weights(self):
        return [weight for kernel, bias, _ in self.layers for weight in (kernel, bias)]


def gaussian(output):
    mean, spread = output.chunk(2, dim=-1)
    return diagonal(mean, F.softplus(spread) + 1e-8)


def diagonal(mean, variance):
    return Independent(Normal(mean, variance.sqrt()), 1)


def standard(like):
    return diagonal(torch.zeros_like(like), torch.ones_like(like))


def reparameterised(q, noise):
    """[..., z] with the noise in place of the library's own draw"""
    return q.base_dist.loc + q.base_dist.scale * noise


def bernoulli(logits):
    return Independent(Bernoulli(logits=logits), 1)


def elbo(kl, rec):
    return {"nelbo": (kl + rec).mean(), "kl": kl.mean(), "rec": rec.mean()}


def iwae(encoder, decoder, prior, x, m, noise):
    q = gaussian(encoder(x))
    z = reparameterised(q, noise.view(m, x.shape[0], -1))  # [m, batch, z]
    kl = q.log_prob(z) - prior.log_prob(z)
    rec = -bernoulli(decoder(z)).log_prob(x)
    bound = torch.logsumexp(-(kl + rec), 0) - torch.log(torch.tensor(float(m)))
    return {"niwae": -bound.mean(), "kl": kl.mean(), "rec": rec.mean()}


def ssvae(classifier, encoder, decoder, x, noise):
    qy = Categorical(logits=classifier(x))
    labels = qy.logits.shape[-1]
    noise = noise.view(labels, x.shape[0], -1)
    kl_z, rec = 0.0, 0.0
    for label in range(labels):
        y = F.one_hot(torch.full((x.shape[0],), label), labels).double()
        q = gaussian(encoder(torch.cat([x, y], -1)))
        z = reparameterised(q, noise[label])
        kl_z = kl_z + qy.probs[:, label] * kl_divergence(q, standard(z))
        rec = rec - qy.probs[:, label] * bernoulli(decoder(torch.cat([z, y], -1))).log_prob(x)
    kl_y = kl_divergence(qy, Categorical(logits=torch.zeros_like(qy.logits)))
    return {"nelbo": (kl_y + kl_z + rec).mean(), "klZ": kl_z.mean(), "klY": kl_y.mean(), "rec": rec.mean()}


def answer(values, modules):
    """The values, and the gradient of the first of them with respect to every module."""
    loss = next(iter(values.values()))
    flat = {name: list(weights) for name, weights in modules.items()}
    parameters = [weight for weights in flat.values() for weight in weights]
    gradients = torch.autograd.grad(loss, parameters, retain_graph=True)  # bounds share the prior's graph
    remaining = iter(gradients)
    return {
        "values": {name: value.item() for name, value in values.items()},
        "gradients": {
            name: [entry for _ in weights for entry in next(remaining).flatten().tolist()] for name, weights in flat.items()
        },
    }


def main():
    case = json.load(sys.stdin)
    x, colours, y, noise = (torch.tensor(case[name]).double() for name in ("images", "colours", "labels", "noise"))
    m, size = case["sizes"]["m"], case["sizes"]["z"]
    batch, labels = y.shape
    one = noise[: batch * size].view(batch, size)
    many = noise[: m * batch * size]
    results = {}

    encoder, decoder = (Network(case["vae"][name]) for name in ("encoder", "decoder"))
    modules = {"encoder": encoder.weights(), "decoder": decoder.weights()}
    prior = standard(torch.zeros(size))

    q = gaussian(encoder(x))
    z = reparameterised(q, one)
    rec = -bernoulli(decoder(z)).log_prob(x)
    results["vaeNelbo"] = answer(elbo(kl_divergence(q, standard(z)), rec), modules)
    results["vaeNiwae"] = answer(iwae(encoder, decoder, prior, x, m, many), modules)

    means, spreads = (torch.tensor(case["gmvae"][name], requires_grad=True) for name in ("means", "spreads"))
    components = diagonal(means, F.softplus(spreads) + 1e-8)
    prior = MixtureSameFamily(Categorical(logits=torch.zeros(means.shape[0])), components)
    modules["prior"] = [means, spreads]
    q = gaussian(encoder(x))
    z = reparameterised(q, one)
    rec = -bernoulli(decoder(z)).log_prob(x)
    results["gmvaeNelbo"] = answer(elbo(q.log_prob(z) - prior.log_prob(z), rec), modules)
    results["gmvaeNiwae"] = answer(iwae(encoder, decoder, prior, x, m, many), modules)

    networks = {name: Network(case["ssvae"][name]) for name in ("classifier", "encoder", "decoder")}
    values = ssvae(**networks, x=x, noise=noise[: labels * batch * size])
    results["ssvaeNelbo"] = answer(values, {name: network.weights() for name, network in networks.items()})

    networks = {name: Network(case["fsvae"][name]) for name in ("encoder", "decoder")}
    q = gaussian(networks["encoder"](torch.cat([colours, y], -1)))
    z = reparameterised(q, one)
    decoded = networks["decoder"](torch.cat([z, y], -1))
    rec = -diagonal(decoded, torch.full_like(decoded, 0.1)).log_prob(colours)
    values = elbo(kl_divergence(q, standard(z)), rec)
    results["fsvaeNelbo"] = answer(values, {name: network.weights() for name, network in networks.items()})

    json.dump(results, sys.stdout)


main()
