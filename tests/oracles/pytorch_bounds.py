"""Networks, distributions and bounds as torch.distributions has them, in float64; noise is supplied."""

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


def mixture(means, variances):
    """[..., k, z] -> a distribution over [..., z]"""
    return MixtureSameFamily(Categorical(logits=torch.zeros(means.shape[:-1])), diagonal(means, variances))


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
