# The tests of the notebook in PyTorch, one cell a function, in plain statements of one line each: otter-grader runs
# them as doctests. They ask what elbow's first cases ask: values under a known seed, and a gradient.

# %% sample_gaussian
m, v = torch.arange(12.0).reshape(4, 3).requires_grad_(), torch.arange(1.0, 13.0).reshape(4, 3).requires_grad_()
_ = torch.manual_seed(7); sample = sample_gaussian(m, v)
_ = torch.manual_seed(7); assert torch.allclose(sample, m + torch.randn_like(m) * v**0.5, atol=1e-6)
assert all(part is not None for part in torch.autograd.grad(sample.sum(), (m, v)))

# %% log_normal
assert torch.allclose(log_normal(torch.zeros(1, 2), torch.zeros(1, 2), torch.ones(1, 2)), torch.tensor([-1.8378770664]), atol=1e-5)
assert torch.allclose(log_normal(torch.full((2, 1), 3.0), torch.ones(2, 1), torch.full((2, 1), 4.0)), torch.tensor([-2.1120857137] * 2), atol=1e-5)

# %% log_normal_mixture
value = log_normal_mixture(torch.zeros(1, 1), torch.tensor([[[0.0], [2.0]]]), torch.tensor([[[1.0], [4.0]]]))
assert torch.allclose(value, torch.log((torch.exp(torch.tensor(-0.9189385332)) + torch.exp(torch.tensor(-2.1120857137))) / 2), atol=1e-5)
assert torch.isfinite(log_normal_mixture(torch.full((1, 1), 1e4), torch.zeros(1, 2, 1), torch.ones(1, 2, 1))).all()

# %% negative_elbo_bound
x = (torch.arange(20).reshape(5, 4) % 3 == 0).float()
nelbo, kl, rec = VAE(z_dim=2).negative_elbo_bound(x)
assert torch.allclose(nelbo, kl + rec, atol=1e-5) and torch.isfinite(nelbo)
nelbo.backward()

# %% negative_iwae_bound
x = (torch.arange(20).reshape(5, 4) % 3 == 0).float()
niwae, kl, rec = VAE(z_dim=2).negative_iwae_bound(x, 10)
assert torch.isfinite(niwae)
niwae.backward()
