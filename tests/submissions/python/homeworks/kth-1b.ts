/** Known mistakes in Python, as the right hand-in with one line written otherwise; and the annex of the handout as the notebooks that students hand in. */
import type { TextFile } from '../../../../contract/submission.ts';
import type { Homework, Row } from './homework.ts';
import { code, notebook, words } from './notebooks.ts';

const exponential = 'return -torch.log(1 - samples) / l';
const gumbel = 'gumbel = -torch.log(-torch.log(torch.rand(N, a.shape[0])))';
const softmax = 'return F.softmax((torch.log(a + eps) + gumbel) / temp, dim=1)';
const updates = 'return torch.softmax(torch.log(prior.pi) - prior.tau / 2 * squared_distances(quakes.x, q) + strengths(quakes.s, q), dim=1)';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'vae.py': [
    ['sample-gaussian/variance-as-deviation', 'vae/reparameterization', 'torch.sqrt(var) *', 'var *'],
    ['sample-gaussian/sample-detached', 'vae/reparameterization', 'return mean + torch.sqrt(var) * torch.randn_like(mean)', 'return torch.distributions.Normal(mean, var.sqrt()).sample()'],
    ['loss-function/averaged-over-the-batch', 'vae/loss-function', 'return rec + kl', 'return (rec + kl) / len(x)'],
    ['loss-function/kl-subtracted', 'vae/loss-function', 'return rec + kl', 'return rec - kl'],
    ['loss-function/elbo-not-negated', 'vae/loss-function', 'return rec + kl', 'return -(rec + kl)'],
    ['loss-function/rec-averaged-over-pixels', 'vae/loss-function', '(1 - theta + 1e-8)).sum()', '(1 - theta + 1e-8)).mean(1).sum()'],
  ],
  'reparameterization.py': [
    ['exponential/inverse-times-lambda', 'reparameterisation/inv-cdf-exp', exponential, 'return -torch.log(1 - samples) * l'],
    ['exponential/draws-without-lambda', 'reparameterisation/exp-reparametrize', 'return inv_cdf_exp(l, torch.rand(N))', 'return inv_cdf_exp(1, torch.rand(N))'],
    ['exponential/draws-detached', 'reparameterisation/exp-reparametrize', 'return inv_cdf_exp(l, torch.rand(N))', 'return torch.distributions.Exponential(l).sample((N,))'],
    ['exp-sampler/times-lambda', 'reparameterisation/exp-sampler', 'return -torch.log(torch.rand(N)) / l', 'return -torch.log(torch.rand(N)) * l'],
    ['categorical/labels-from-one', 'reparameterisation/categorical-sampler', 'return torch.distributions.Categorical(a).sample((N,))', 'return 1 + (torch.rand(N, 1) > torch.cumsum(a, 0)).sum(1)'],
    ['gumbel-softmax/gumbel-sign', 'reparameterisation/categorical-reparametrize', gumbel, gumbel.replace('= -', '= ')],
    ['gumbel-softmax/temperature-multiplied', 'reparameterisation/categorical-reparametrize', softmax, 'return F.softmax((torch.log(a + eps) + gumbel) * temp, dim=1)'],
    ['gumbel-softmax/softmax-over-draws', 'reparameterisation/categorical-reparametrize', softmax, softmax.replace('dim=1', 'dim=0')],
    ['categorical/argmax-over-draws', 'reparameterisation/argmax', 'torch.argmax(y, dim=1)', 'torch.argmax(y, dim=0)'],
  ],
  'cavi.py': [
    ['update-z/normalised-over-quakes', 'cavi/update-z', updates, updates.replace('dim=1', 'dim=0')],
    ['factor-updates/mu-tau-left-out', 'cavi/update-mu', 'rho = prior.rho + prior.tau * pi.sum(0)', 'prior = SimpleNamespace(rho=prior.rho, nu=prior.nu, tau=1)\n    rho = prior.rho + pi.sum(0)'],
    ['earthquake-elbo/elbo-without-entropy', 'cavi/elbo', ' + of_rates + entropy(q)', ' + of_rates'],
  ],
  'sticking_the_landing.py': [['gradient-parts/score-added', 'sticking-the-landing/gradient-parts', 'return path - score, path, score', 'return path + score, path, score']],
};

/** As the handout's annex prints the cells, with what is torn in print put together; what students write is in angle brackets. */
function cells(answers: Readonly<Record<string, string>>) {
  const vae = [
    words('# VAE for image generation'),
    code('import torch\nimport torch.nn as nn\nimport numpy as np\nfrom tqdm import tqdm\nfrom torchvision.utils import save_image, make_grid'),
    code("dataset_path = '~/datasets'\nbatch_size = 100\nx_dim = 784\nhidden_dim = 400\nlatent_dim = 200\nlr = 1e-3\nepochs = 15"),
    code(
      "from torchvision.datasets import MNIST\nimport torchvision.transforms as transforms\nfrom torch.utils.data import DataLoader\n\nmnist_transform = transforms.Compose([transforms.ToTensor()])\ntrain_dataset = MNIST(dataset_path, transform=mnist_transform, train=True, download=True)\ntest_dataset = MNIST(dataset_path, transform=mnist_transform, train=False, download=True)\ntrain_loader = DataLoader(dataset=train_dataset, batch_size=batch_size, shuffle=True)\ntest_loader = DataLoader(dataset=test_dataset, batch_size=batch_size, shuffle=False)",
    ),
    code(
      'class Encoder(nn.Module):\n    def __init__(self, input_dim, hidden_dim, latent_dim):\n        super(Encoder, self).__init__()\n        self.FC_enc1 = nn.Linear(input_dim, hidden_dim)\n        self.FC_mean = nn.Linear(hidden_dim, latent_dim)\n        self.FC_var = nn.Linear(hidden_dim, latent_dim)\n        self.LeakyReLU = nn.LeakyReLU(0.2)\n        self.training = True\n\n    def forward(self, x):\n        h_1 = self.LeakyReLU(self.FC_enc1(x))\n        return self.FC_mean(h_1), self.FC_var(h_1)',
    ),
    code('class Decoder(nn.Module):\n    def __init__(self, latent_dim, hidden_dim, output_dim):\n        super(Decoder, self).__init__()\n        self.FC_output = nn.Linear(latent_dim, output_dim)\n\n    def forward(self, z):\n        return torch.sigmoid(self.FC_output(z))'),
    code(
      `class Model(nn.Module):\n    def __init__(self, Encoder, Decoder):\n        super(Model, self).__init__()\n        self.Encoder = Encoder\n        self.Decoder = Decoder\n\n    def reparameterization(self, mean, var):\n        # insert your code here\n        # sample epsilon from a standard normal distribution\n        # return the sampled z\n${answers['reparameterization'] ?? ''}\n    def forward(self, x):\n        mean, log_var = self.Encoder(x)\n        z = self.reparameterization(mean, torch.exp(log_var))\n        return self.Decoder(z), mean, log_var`,
    ),
    code('encoder = Encoder(input_dim=x_dim, hidden_dim=hidden_dim, latent_dim=latent_dim)\ndecoder = Decoder(latent_dim=latent_dim, hidden_dim = hidden_dim, output_dim = x_dim)\nmodel = Model(Encoder=encoder, Decoder=decoder)'),
    code(`from torch.optim import Adam\n\ndef loss_function(x, theta, mean, log_var): # should return the loss function (- ELBO)\n    # insert your code here\n    # return the loss function (- ELBO)\n${answers['loss_function'] ?? ''}\n\noptimizer = Adam(model.parameters(), lr=lr)`),
    code(
      'print("Start training VAE...")\nmodel.train()\nfor epoch in range(epochs):\n    overall_loss = 0\n    for batch_idx, (x, _) in enumerate(train_loader):\n        x = torch.round(x.view(batch_size, x_dim))\n        optimizer.zero_grad()\n        theta, mean, log_var = model(x)\n        loss = loss_function(x, theta, mean, log_var)\n        overall_loss += loss.item()\n        loss.backward()\n        optimizer.step()\nprint("Finish!!")',
    ),
    code('import matplotlib.pyplot as plt\n%matplotlib inline\ndef show_image(theta, idx):\n    x_hat = theta.view(batch_size, 28, 28)\n    fig = plt.figure()\n    plt.imshow(x_hat[idx].cpu().numpy(), cmap="gray")'),
    code('show_image(x, idx=8)'),
    code('with torch.no_grad():\n    z = torch.randn(batch_size, latent_dim)\n    generated_images = torch.round(model.Decoder(z))'),
  ];
  const reparameterization = [
    code('import torch\nfrom torch.distributions import Beta, Exponential, Uniform, Gumbel, Categorical\nfrom torch.nn import functional as F'),
    code("import matplotlib.pyplot as plt\ndef compare_samples(samples_1, samples_2, bins=100, range=None):\n    fig = plt.figure()\n    plt.hist(samples_1, bins=bins, alpha=0.5)\n    plt.legend(['direct', 'via reparameterization'])\n    plt.show()"),
    code(`def exp_sampler(l, N):\n    # insert your code\n${answers['exp_sampler'] ?? ''}    return samples # should be N-by-1`),
    code(
      `def inv_cdf_exp(l, samples):\n    # insert your code\n${answers['inv_cdf_exp'] ?? ''}    return samples_out\n\ndef exp_reparametrize(l,N):\n    # this function should return N samples via reparametrization,\n    # insert your code\n${answers['exp_reparametrize'] ?? ''}    return samples`,
    ),
    code('l = 1  #lambda\nN = 1000\ndirect_samples = exp_sampler(l, N)\nreparametrized_samples = exp_reparametrize(l, N)\ncompare_samples(direct_samples, reparametrized_samples)'),
    code(`def categorical_sampler(a, N):\n    # insert your code\n${answers['categorical_sampler'] ?? ''}    return samples # should be N-by-1`),
    code(`def categorical_reparametrize(a, N, temp=0.1, eps=1e-20): # temp and eps are hyperparameters for Gumbel-Softmax\n    # insert your code\n${answers['categorical_reparametrize'] ?? ''}    return samples # make sure that your implementation allows the gradient to backpropagate`),
    code('a = torch.tensor([0.1,0.2,0.5,0.2])\nN = 1000\ndirect_samples = categorical_sampler(a, N)\nreparametrized_samples = categorical_reparametrize(a, N, temp=0.1, eps=1e-20)\nreparametrized_samples = torch.argmax(reparametrized_samples, dim=1)\ncompare_samples(direct_samples, reparametrized_samples)'),
    ...(answers['evaluate_categorical'] === undefined ? [] : [code(answers['evaluate_categorical'])]),
  ];
  return { vae, reparameterization };
}

function notebooks(answers: Readonly<Record<string, string>>): readonly TextFile[] {
  const { vae, reparameterization } = cells(answers);
  return [
    { path: '1B-VAE.ipynb', text: notebook(vae) },
    { path: 's1234567_1B-Reparameterization.ipynb', text: notebook(reparameterization) },
  ];
}

const SOLVED = {
  reparameterization: '        epsilon = torch.randn(mean.shape)\n        z = mean + torch.sqrt(var) * epsilon\n        return z\n',
  loss_function:
    '    loss = - torch.sum(x * torch.log(theta + 1e-8) + (1 - x) * torch.log(1 - theta + 1e-8), dim=1)\n    loss += - 0.5 * torch.sum(1 + log_var - mean.pow(2) - log_var.exp(), dim=1)\n    loss = torch.sum(loss)\n    return loss\n',
  exp_sampler: '    samples = Exponential(l).sample((N,))\n',
  inv_cdf_exp: '    samples_out = -torch.log(1-samples)/l\n',
  exp_reparametrize: '    samples = Uniform(0,1).sample((N,))\n    samples = inv_cdf_exp(l, samples)\n',
  categorical_sampler: '    samples = Categorical(a).sample((N,))\n',
  categorical_reparametrize: '    samples = Gumbel(0,1).sample((N, a.shape[0]))\n    a = a + eps\n    samples = F.softmax((torch.log(a)+samples)/temp, dim=1)\n',
  evaluate_categorical: 'def evaluate_categorical(y):\n    return torch.argmax(y, dim=1)',
};

/** What the notebooks do not ask for stays out of them. */
const IN_FILES = ['cavi/', 'sticking-the-landing/'];

export const kth: Homework = {
  id: 'kth-1b',
  rows,
  notebooks: { solved: notebooks(SOLVED), untouched: notebooks({}), lacks: (task) => IN_FILES.some((part) => task.includes(part)), machineMarks: 18 },
};
