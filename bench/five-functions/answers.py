# The answers of the notebook that otter-grader and nbgrader are measured on: one cell a function.

# %% sample_gaussian
import numpy as np


def sample_gaussian(mean, variance, generator):
    return mean + np.sqrt(variance) * generator.standard_normal(mean.shape)


# %% log_normal
def log_normal(x, mean, variance):
    return -0.5 * np.sum(np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance, axis=-1)


# %% log_normal_mixture
def log_normal_mixture(z, means, variances):
    terms = log_normal(z[:, None, :], means, variances)
    largest = terms.max(axis=1, keepdims=True)
    return largest[:, 0] + np.log(np.mean(np.exp(terms - largest), axis=1))


# %% kl_normal
def kl_normal(q_mean, q_variance, p_mean, p_variance):
    ratio = q_variance / p_variance
    return 0.5 * np.sum(ratio - np.log(ratio) + (q_mean - p_mean) ** 2 / p_variance - 1, axis=-1)


# %% log_mean_exp
def log_mean_exp(x, axis):
    largest = x.max(axis=axis, keepdims=True)
    return np.squeeze(largest, axis) + np.log(np.mean(np.exp(x - largest), axis=axis))
