/** Known mistakes in Python, as the right hand-in with one line written otherwise; and the script as a notebook. */
import { rightHandIn, templateOf } from '../mistakes.ts';
import { asNotebook, type Homework, type Row } from './homework.ts';

const sample = 'z = mean + torch.sqrt(variance) * torch.randn_like(mean)';
const loss = 'return kl_divergence(mean, variance) + binary_cross_entropy(x, logits)';
const kl = 'return 0.5 * (mean**2 + variance - torch.log(variance) - 1).sum(1).mean()';
const bce = 'return (F.softplus(logits) - x * logits).sum(1).mean()';
const cvae = 'def reconstruct_cvae';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'assign4.py': [
    ['vae-reconstruct/variance-as-deviation', 'vae/reconstruct', sample, 'z = mean + variance * torch.randn_like(mean)'],
    ['vae-reconstruct/noise-left-out', 'vae/reconstruct', sample, 'z = mean'],
    ['vae-reconstruct/sample-detached', 'vae/reconstruct', sample, 'z = torch.normal(mean, torch.sqrt(variance)).detach()'],
    ['vae-reconstruct/probabilities-returned', 'vae/reconstruct', 'return model.decode(z), mean', 'return torch.sigmoid(model.decode(z)), mean'],
    ['kl-divergence/sign', 'vae/kl-divergence', kl, kl.replace('0.5', '-0.5')],
    ['kl-divergence/averaged-over-dimensions', 'vae/kl-divergence', kl, kl.replace('.sum(1)', '.mean(1)')],
    ['kl-divergence/summed-over-the-batch', 'vae/kl-divergence', kl, kl.replace('.mean()', '.sum()')],
    ['binary-cross-entropy/probabilities-as-logits', 'vae/binary-cross-entropy', bce, 'return (F.softplus(torch.sigmoid(logits)) - x * torch.sigmoid(logits)).sum(1).mean()'],
    ['binary-cross-entropy/averaged-over-pixels', 'vae/binary-cross-entropy', bce, 'return F.binary_cross_entropy_with_logits(logits, x)'],
    ['elbo/kl-subtracted', 'vae/elbo', loss, 'return binary_cross_entropy(x, logits) - kl_divergence(mean, variance)'],
    ['elbo/kl-left-out', 'vae/elbo', loss, 'return binary_cross_entropy(x, logits)'],
    ['train-mnist-vae/last-batch-dropped', 'vae/train-mnist-vae', 'return trained(model, lambda rows: elbo', 'return trained_whole(model, lambda rows: elbo'],
    ['cvae-reconstruct/class-hidden-from-the-decoder', 'cvae/reconstruct', 'return model.decode(z, y)', 'return model.decode(z, torch.zeros_like(y))', cvae],
    ['celbo/kl-left-out', 'cvae/celbo', loss, 'return binary_cross_entropy(x, logits)', cvae],
    ['celbo/bound-not-negated', 'cvae/celbo', loss, `return -(${loss.slice('return '.length)})`, cvae],
    ['train-mnist-cvae/classes-hidden', 'cvae/train-mnist-cvae', 'labels[rows])', '0 * labels[rows])'],
    ['naive-gradient/through-the-samples', 'gradient-estimators/naive', 'return gradients(lambda m, v: samples', 'noise = (samples - mean) / torch.sqrt(variance)\n    return gradients(lambda m, v: m + torch.sqrt(v) * noise'],
    ['reparameterised-gradient/samples-held-fixed', 'gradient-estimators/reparameterised', 'return gradients(lambda m, v: m + torch.sqrt(v) * noise', 'return gradients(lambda m, v: mean + torch.sqrt(variance) * noise'],
  ],
};

/** A loop of the kind that one of the mistakes needs. */
const DROPS_THE_LAST = `

def trained_whole(model, loss_of, count, epochs, batch_size, learning_rate):
    optimiser = torch.optim.Adam(model.parameters(), lr=learning_rate)
    losses = []
    for _ in range(epochs):
        batches = [rows for rows in torch.randperm(count).split(batch_size) if len(rows) == batch_size]
        losses.append(0.0)
        for rows in batches:
            optimiser.zero_grad()
            loss = loss_of(rows)
            loss.backward()
            optimiser.step()
            losses[-1] += loss.item() / len(batches)
    return losses
`;

const NOTEBOOK = 'jdoe_assign4.ipynb';

/** What a script does when it is run. */
const RUN = '%matplotlib inline\nimport torchvision\nmnist = torchvision.datasets.MNIST("data", download=True)\nimages = mnist.data.float().view(-1, 784)\ntrain_mnist_vae(None, images, 5, 100, 1e-3)\nplt.plot(losses)';

export const ualberta: Homework = {
  id: 'ualberta-a4-2025',
  rows,
  added: { 'assign4.py': DROPS_THE_LAST },
  notebooks: { solved: asNotebook(rightHandIn('ualberta-a4-2025'), 'assign4.py', NOTEBOOK, RUN), untouched: asNotebook(templateOf('ualberta-a4-2025'), 'assign4.py', NOTEBOOK, RUN), lacks: () => false, machineMarks: 70 },
};
