"""
How the grader asks your functions: it cannot send a network over a wire, so each function here builds what yours is
given, calls it, and makes plain tensors of what it returns. Nothing in it is for you to do.
"""
import torch

# The digits 0 to 9.
CLASSES = 10

# The most weights that a network may have.
MOST_PARAMETERS = 1_000_000

# A right network has a sign that no 32 settings of its weights show with a probability of about 1e-9.
MOST_SETTINGS = 32


def ask_reparameterize(reparameterize, mean, variance):
    """`variance` is the variance of the Gaussian that is sampled."""
    return reparameterize(mean, torch.log(variance))


def ask_loss(loss_function, images, logits, mean, log_var):
    """Pixels come as whole numbers, so that gradients are taken of the rest."""
    return loss_function(as_pytorch(images.float()), as_pytorch(logits), mean, log_var)


def ask_negative_elbo(negative_elbo, flat, x):
    """x (batch, pixels) as images of one column."""
    return negative_elbo(OverImages(flat), as_column(x))


def ask_conditional_negative_elbo(conditional_negative_elbo, flat, x, y):
    """y (batch, classes) one-hot, which the function is given as class numbers."""
    return conditional_negative_elbo(OverImages(flat), as_column(x), torch.argmax(y, -1))


def ask_generate(generate, flat, y, latent):
    return as_sent(generate(OverImages(flat), torch.argmax(y, -1), latent))


def ask_encoder(build_encoder, images, latent):
    return gaussian_facts(with_set_weights(build_encoder(latent)), [as_pytorch(images)])


def ask_decoder(build_decoder, z):
    return image_facts(with_set_weights(build_decoder(z.shape[1])), [z])


def ask_conditional_encoder(build_conditional_encoder, images, labels, latent):
    return gaussian_facts(with_set_weights(build_conditional_encoder(latent)), [as_pytorch(images), one_hot(labels)])


def ask_conditional_decoder(build_conditional_decoder, z, labels):
    return image_facts(with_set_weights(build_conditional_decoder(z.shape[1])), [z, one_hot(labels)])


class OverImages:
    """Networks of one layer over pixels in a row, as they come over the wire, as a model of images."""

    def __init__(self, flat):
        self.flat = flat

    def encode(self, images, *c):
        mean, variance = self.flat.encode(images.flatten(1), *(labels.float() for labels in c))
        return mean, torch.log(variance)

    def decode(self, z, *c):
        return as_column(self.flat.decode(z, *(labels.float() for labels in c)))


def as_column(x):
    return x.reshape(x.shape[0], 1, -1, 1)


def as_pytorch(images):
    """(batch, height, width, 1), as they are sent, -> (batch, 1, height, width)"""
    return images.permute(0, 3, 1, 2)


def as_sent(images):
    return images.permute(0, 2, 3, 1)


def one_hot(labels):
    return torch.eye(CLASSES)[labels.long()]


def gaussian_facts(model, inputs):
    """The shapes of mean and log variance, as zeros, and what is known of any right encoder."""
    mean, log_var = outputs_of(model, inputs, ('mean', 'log_var'))
    same = mean.shape == log_var.shape and torch.equal(mean, log_var)
    return {'mean': 0 * mean, 'logVariance': 0 * log_var, 'meanIsLogVariance': flag(same), **facts_of(model, inputs, ('mean', 'log_var'))}


def image_facts(model, inputs):
    (logits,) = outputs_of(model, inputs, ('logits',))
    if logits.dim() != 4:
        raise ValueError('logits of shape (batch, 1, 28, 28) are asked for, and these have the shape %s' % (tuple(logits.shape),))
    return {'logits': as_sent(0 * logits), **facts_of(model, inputs, ('logits',))}


def with_set_weights(model, setting=0):
    """Every trained weight gets a fixed number of about the size that keeps signals as large as they were."""
    if not isinstance(model, torch.nn.Module):
        raise TypeError('a torch.nn.Module is asked for: return the network itself')
    with torch.no_grad():
        for at, weight in enumerate(trained(model)):
            scale = 0.1 if weight.dim() == 1 else (2 / max(1, weight.numel() / weight.shape[0])) ** 0.5
            weight.copy_((scale * scattered(torch.arange(weight.numel()) + 7919 * (at + 1) + 104_729 * setting)).reshape(weight.shape))
    return model.eval()


def trained(model):
    return [weight for weight in model.parameters() if weight.requires_grad]


def scattered(index):
    """A fixed sequence without a pattern, between -sqrt(3) and sqrt(3): mean 0, variance 1."""
    state = index
    for _ in range(2):
        state = ((state ^ (state >> 16)) * 0x45D9F3B) & 0xFFFFFFFF
    state = state ^ (state >> 16)
    return ((state.double() / 2**32 - 0.5) * 2 * 3**0.5).float()


def outputs_of(model, inputs, names):
    returned = model(*(given.float() for given in inputs))
    outputs = tuple(returned) if isinstance(returned, (tuple, list)) else (returned,)
    if len(outputs) != len(names):
        raise ValueError('the network has %d outputs, and %d are asked for: %s' % (len(outputs), len(names), ' and '.join(names)))
    return outputs


def facts_of(model, inputs, names):
    """Numbers that are the same for every right network. Each input is (batch, ...) with a batch of at least two."""
    first, *rest = inputs
    row = [given[:1] for given in inputs]
    signs = signs_of(model, row, names)
    unreached = without_gradient(model, inputs, names)
    with torch.no_grad():
        outputs, alone = outputs_of(model, inputs, names), outputs_of(model, row, names)
        reordered = outputs_of(model, [first.flip(0), *rest], names)
        facts = {
            'signs': torch.tensor([float(sign) for sign in signs]),
            'convolutions': flag(any('conv' in type(layer).__name__.lower() for layer in model.modules())),
            'parametersAboveTheLimit': torch.tensor(float(max(0, sum(weight.numel() for weight in model.parameters()) - MOST_PARAMETERS))),
            'weightsWithoutGradient': torch.tensor(float(unreached)),
            'rowsMixed': flag(any(not alike(output[:1], single) for output, single in zip(outputs, alone))),
            'inputIgnored': flag(any(alike(output, other) for output, other in zip(outputs, reordered))),
            'linear': flag(is_linear(model, row, names, alone)),
        }
        if not rest:
            return facts
        relabelled = outputs_of(model, [first, rest[0].flip(0)], names)
        return {**facts, 'labelIgnored': flag(any(alike(output, other) for output, other in zip(outputs, relabelled)))}


def signs_of(model, row, names):
    """Whether each output is below and above zero somewhere, under one setting of the weights or another. Leaves the first."""
    seen = [False] * (2 * len(names))
    with torch.no_grad():
        for setting in range(MOST_SETTINGS):
            if all(seen):
                break
            outputs = outputs_of(with_set_weights(model, setting), row, names)
            here = [sign for output in outputs for sign in (bool((output < 0).any()), bool((output > 0).any()))]
            seen = [before or now for before, now in zip(seen, here)]
    with_set_weights(model)
    return seen


def without_gradient(model, inputs, names):
    """How many of the trained weights no output depends on."""
    weights = trained(model)
    if not weights:
        return 1
    total = sum((output * scattered(torch.arange(output.numel()) + 1).reshape(output.shape)).sum() for output in outputs_of(model, inputs, names))
    if not total.requires_grad:
        return len(weights)
    gradients = torch.autograd.grad(total, weights, allow_unused=True)
    return sum(gradient is None or not bool(gradient.any()) for gradient in gradients)


def is_linear(model, row, names, once):
    """f(x) - f(0) doubles when x does and turns when x does, in every output. `once`: f(x)."""
    first, *rest = row
    zero = outputs_of(model, [0 * first, *rest], names)
    # By doubling alone a network of ReLUs without biases would be linear.
    for factor in (2, -1):
        scaled = outputs_of(model, [factor * first, *rest], names)
        if not all(alike(other - none, factor * (one - none)) for one, none, other in zip(once, zero, scaled)):
            return False
    return True


def alike(one, other):
    if one.shape != other.shape:
        return False
    return float((one - other).abs().max()) <= 1e-4 * (float(one.abs().max()) + 1e-6)


def flag(value):
    return torch.tensor(1.0 if value else 0.0)
