# The tests of the notebook, one cell a function, in plain statements of one line each: nbgrader runs
# them as they are, otter-grader as doctests.

# %% sample_gaussian
mean, variance = np.arange(12.0).reshape(4, 3), np.arange(1.0, 13.0).reshape(4, 3)
sample = sample_gaussian(mean, variance, np.random.default_rng(7))
assert np.allclose(sample, mean + np.random.default_rng(7).standard_normal((4, 3)) * variance**0.5, atol=1e-9)

# %% log_normal
assert np.allclose(log_normal(np.zeros((1, 2)), np.zeros((1, 2)), np.ones((1, 2))), [-1.8378770664], atol=1e-9)
assert np.allclose(log_normal(np.full((2, 1), 3.0), np.ones((2, 1)), np.full((2, 1), 4.0)), [-2.1120857137] * 2, atol=1e-9)

# %% log_normal_mixture
value = log_normal_mixture(np.zeros((1, 1)), np.array([[[0.0], [2.0]]]), np.array([[[1.0], [4.0]]]))
assert np.allclose(value, np.log((np.exp(-0.9189385332) + np.exp(-2.1120857137)) / 2), atol=1e-9)
assert np.isfinite(log_normal_mixture(np.full((1, 1), 1e4), np.zeros((1, 2, 1)), np.ones((1, 2, 1)))).all()

# %% kl_normal
assert np.allclose(kl_normal(np.zeros((1, 2)), np.ones((1, 2)), np.zeros((1, 2)), np.ones((1, 2))), [0.0], atol=1e-9)
assert np.allclose(kl_normal(np.ones((1, 1)), np.full((1, 1), 4.0), np.zeros((1, 1)), np.ones((1, 1))), [1.3068528194], atol=1e-9)

# %% log_mean_exp
assert np.allclose(log_mean_exp(np.array([[0.0, 0.0], [1.0, 1.0]]), 1), [0.0, 1.0], atol=1e-9)
assert np.allclose(log_mean_exp(np.array([[1e4, 1e4], [-1e4, -1e4]]), 1), [1e4, -1e4], atol=1e-9)
