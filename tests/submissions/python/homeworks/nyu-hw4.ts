/** Known mistakes in Python, as the right hand-in with one line written otherwise; and the file as the notebook that the handout asks for. */
import { rightHandIn, templateOf } from '../mistakes.ts';
import { asNotebook, type Homework, type Row } from './homework.ts';

const sample = 'return mean + torch.exp(0.5 * log_var) * torch.randn_like(mean)';
const rec = 'rec = (F.softplus(logits) - images * logits).flatten(1).sum(1).mean()';
const kl = 'kl = -0.5 * (1 + log_var - mean**2 - log_var.exp()).sum(1).mean()';

const rows: Readonly<Record<string, readonly Row[]>> = {
  'hw4_vae.py': [
    ['encoder/mean-never-negative', 'conv-vae/encoder', 'return self.mean(hidden), self.log_var(hidden)', 'return F.relu(self.mean(hidden)) if self.hidden[0].in_features == 784 else self.mean(hidden), self.log_var(hidden)'],
    ['reparameterize/log-variance-as-deviation', 'conv-vae/reparameterize', sample, sample.replace('torch.exp(0.5 * log_var)', 'log_var')],
    ['reparameterize/noise-left-out', 'conv-vae/reparameterize', sample, 'return mean'],
    ['decoder/sigmoid-at-the-end', 'conv-vae/decoder', 'return Decoder(latent)', 'return nn.Sequential(Decoder(latent), nn.Sigmoid())'],
    ['conv-loss/rec-averaged-over-pixels', 'conv-vae/loss', rec, rec.replace('.sum(1)', '.mean(1)')],
    ['conv-loss/kl-without-half', 'conv-vae/loss', kl, kl.replace('-0.5 * ', '-')],
    ['conv-loss/kl-subtracted', 'conv-vae/loss', 'return kl + rec, kl, rec', 'return rec - kl, kl, rec'],
    ['conv-elbo/mean-decoded', 'conv-vae/negative-elbo', 'model.decode(reparameterize(mean, log_var))', 'model.decode(mean)'],
    ['conditional-decoder/class-ignored', 'conditional-vae/decoder', 'return Decoder(latent + CLASSES)', 'return Blind(latent)'],
    ['conditional-elbo/class-kept-from-the-decoder', 'conditional-vae/negative-elbo', 'model.decode(reparameterize(mean, log_var), c)', 'model.decode(reparameterize(mean, log_var), 0 * c)'],
    ['generate/logits-returned', 'conditional-vae/generate', 'return torch.sigmoid(model.decode(z, F.one_hot(labels, CLASSES).float()))', 'return model.decode(z, F.one_hot(labels, CLASSES).float())'],
  ],
};

/** A decoder that takes the class and does nothing with it. */
const BLIND = '\n\nclass Blind(Decoder):\n    def forward(self, z, c):\n        return super().forward(z)\n';

export const nyu: Homework = {
  id: 'nyu-hw4',
  rows,
  added: { 'hw4_vae.py': BLIND },
  notebooks: {
    solved: asNotebook(rightHandIn('nyu-hw4'), 'hw4_vae.py', 'hw4_vae-jd1234.ipynb'),
    untouched: asNotebook(templateOf('nyu-hw4'), 'hw4_vae.py', 'hw_4.ipynb'),
    lacks: () => false,
    machineMarks: 36,
  },
};
