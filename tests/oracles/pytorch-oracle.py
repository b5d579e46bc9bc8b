"""The bounds of every model once more, by torch.distributions and autograd in float64.

Reads one JSON case on stdin (networks, images, noise), writes the values and the gradients of all
bounds on stdout. Where tests/oracles/bounds.ts writes a density out, pytorch_bounds.py asks the library.
"""

import json
import sys

import torch
import torch.nn.functional as F
from pytorch_bounds import Network, bernoulli, diagonal, elbo, gaussian, iwae, mixture, reparameterised, ssvae, standard
from torch.distributions import kl_divergence


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
    prior = mixture(means, F.softplus(spreads) + 1e-8)
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
