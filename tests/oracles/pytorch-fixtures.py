"""The answers of fixture cases once more, by torch.distributions and autograd in float64.

Reads a JSON list of cases on stdin: arguments, and for every layout the noise of the reconstruction and of the
KL (two pairs where two samples are averaged). Writes the values and the gradients of every layout on stdout.
"""

import json
import sys

import torch
import torch.nn.functional as F
from pytorch_bounds import Network, bernoulli, diagonal, elbo, gaussian, iwae, mixture, reparameterised, ssvae, standard
from torch.distributions import kl_divergence


def read(tensor):
    return torch.tensor(tensor["values"], dtype=torch.float64).reshape(tensor["shape"])


def readable(layer):
    return {**layer, "kernel": read(layer["kernel"]).tolist(), "bias": read(layer["bias"]).tolist()}


class Case:
    def __init__(self, case):
        self.task = case["task"].split("/", 1)[1]
        self.tensors = {name: read(tensor).requires_grad_() for name, tensor in case["tensors"].items()}
        self.m = case["samples"]
        self.networks = {name: Network([readable(layer) for layer in layers]) for name, layers in case["networks"].items()}
        self.parameters = {name: read(tensor).squeeze(0).requires_grad_() for name, tensor in case["parameters"].items()}

    def modules(self):
        """Parameters by module, in the order in which a child flattens them."""
        if not self.networks:
            return {name: [tensor] for name, tensor in self.tensors.items()}
        modules = {name: network.weights() for name, network in self.networks.items()}
        return {**modules, "prior": list(self.parameters.values())} if self.parameters else modules

    def values(self, layout, rec_noise, kl_noise):
        if not self.networks:
            return {"": self.density(rec_noise)}
        x = self.tensors["x"].detach()
        if self.task == "ssvae/negative-elbo-bound":
            return ssvae(**self.networks, x=x, noise=torch.tensor(rec_noise))
        if self.task.startswith("iwae/"):
            size = self.networks["encoder"].layers[-1][1].numel() // 2
            prior = self.prior(torch.zeros(size))
            return {"niwae": iwae(self.networks["encoder"], self.networks["decoder"], prior, x, self.m, torch.tensor(rec_noise))["niwae"]}
        return self.elbo(layout, x, rec_noise, kl_noise)

    def density(self, noise):
        t = self.tensors
        if self.task == "vae/sample-gaussian":
            return reparameterised(diagonal(t["mean"], t["variance"]), torch.tensor(noise).view(t["mean"].shape))
        if self.task == "gmvae/log-normal":
            return diagonal(t["mean"], t["variance"]).log_prob(t["x"])
        return mixture(t["means"], t["variances"]).log_prob(t["z"])

    def prior(self, like):
        if not self.parameters:
            return standard(like)
        return mixture(self.parameters["means"], F.softplus(self.parameters["spreads"]) + 1e-8)

    def elbo(self, layout, x, rec_noise, kl_noise):
        labelled = self.task.startswith("fsvae/")
        label = [self.tensors["y"].detach()] if labelled else []
        q = gaussian(self.networks["encoder"](torch.cat([x, *label], -1)))
        z, other = (reparameterised(q, torch.tensor(noise).view(x.shape[0], -1)) for noise in (rec_noise, kl_noise))
        decoded = self.networks["decoder"](torch.cat([z, *label], -1))
        pixels = diagonal(decoded, torch.full_like(decoded, 0.1)) if labelled else bernoulli(decoded)
        if self.parameters or layout.endswith("KL by Monte Carlo"):
            kl = q.log_prob(other) - self.prior(other).log_prob(other)
        else:
            kl = kl_divergence(q, standard(z))
        return elbo(kl, -pixels.log_prob(x))


def answer(case, layout, noises, differentiated):
    """Averages over pairs of noise; gradients of a component are those of its sum with the weights."""
    runs = [case.values(layout, noise["rec"], noise["kl"]) for noise in noises]
    values = {name: sum(run[name] for run in runs) / len(runs) for name in runs[0]}
    modules = case.modules()
    parameters = [weight for weights in modules.values() for weight in weights]
    gradients = {}
    for component, weights in differentiated.items():
        loss = (values[component] * (1.0 if weights is None else read(weights))).sum()
        found = iter(torch.autograd.grad(loss, parameters, retain_graph=True, allow_unused=True))
        gradients[component] = {
            name: [entry for weight in weights for entry in flat(next(found), weight)] for name, weights in modules.items()
        }
    return {"values": {name: value.detach().flatten().tolist() for name, value in values.items()}, "gradients": gradients}


def flat(gradient, weight):
    return (torch.zeros_like(weight) if gradient is None else gradient).flatten().tolist()


def main():
    answers = []
    for entry in json.load(sys.stdin):
        case = Case(entry)
        answers.append([answer(case, layout["name"], layout["noises"], entry["gradients"]) for layout in entry["layouts"]])
    json.dump(answers, sys.stdout)


main()
