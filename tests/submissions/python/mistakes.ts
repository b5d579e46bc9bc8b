/** Known mistakes as students make them in Python: the right hand-in with one line written otherwise. */
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../autograder/paths.ts';
import type { TextFile } from '../../../contract/submission.ts';

/** The right hand-in, as it is handed in. */
export function rightHandIn(id = 'cs236-hw2'): readonly TextFile[] {
  return pythonBelow(path.join(projectRoot, 'reference', id, 'python'));
}

export function templateOf(id: string): readonly TextFile[] {
  return pythonBelow(path.join(projectRoot, 'student-template', `${id}-python`));
}

function pythonBelow(folder: string): readonly TextFile[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));
  return names.toSorted().map((name) => ({ path: name.split(path.sep).join('/'), text: fs.readFileSync(path.join(folder, name), 'utf8') }));
}

/** Replaces what must be there, in one file, after the line that `after` begins. */
export function rewritten(file: string, from: string, to: string, after = '', id?: string): readonly TextFile[] {
  return rightHandIn(id).map((own) => {
    if (own.path !== file) return own;
    const start = own.text.indexOf(after);
    const at = own.text.indexOf(from, start);
    if (start < 0 || at < 0) throw new Error(`${file} does not hold ${from}`);
    return { path: file, text: own.text.slice(0, at) + to + own.text.slice(at + from.length) };
  });
}

type Row = readonly [id: string, from: string, to: string, after?: string];

const utils = 'codebase/utils.py';
const models = 'codebase/models';

const sampler = 'return m + torch.sqrt(v) * torch.randn_like(m)';
const density = 'return -0.5 * (math.log(2 * math.pi) + torch.log(v) + (x - m) ** 2 / v).sum(-1)';
const mixture = 'return log_mean_exp(log_normal(z.unsqueeze(1), m, v), dim=1)';
const total = 'return kl + rec, kl, rec';
const vaeKl = 'kl = ut.kl_normal(m, v, *self.z_prior).mean()';
const gmvaeKl = 'kl = (ut.log_normal(z, m, v) - ut.log_normal_mixture(z, *prior)).mean()';
const rec = 'rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z)).mean()';
const niwae = 'niwae = -ut.log_mean_exp(-(kl + rec).reshape(iw, -1), dim=0).mean()';
const iwaeKl = 'kl = ut.log_normal(z, m, v) - ut.log_normal(z, *self.z_prior)';
const ssvaeKlY = 'kl_y = ut.kl_cat(y_prob, y_logprob, torch.full_like(y_logprob, -math.log(self.y_dim))).mean()';
const ssvaeSum = 'return kl_y + kl_z + rec, kl_z, kl_y, rec';
const fsvaeRec = 'rec = -ut.log_normal(x, self.dec.decode(z, y), torch.full_like(x, DECODER_VARIANCE)).mean()';

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  [utils]: [
    ['sample-gaussian/variance-as-deviation', sampler, 'return m + v * torch.randn_like(m)'],
    ['sample-gaussian/variance-as-log-variance', sampler, 'return m + torch.exp(0.5 * v) * torch.randn_like(m)'],
    ['sample-gaussian/variance-ignored', sampler, 'return m + torch.randn_like(m)'],
    ['sample-gaussian/mean-ignored', sampler, 'return torch.sqrt(v) * torch.randn(m.size())'],
    ['sample-gaussian/noise-left-out', sampler, 'return m'],
    ['sample-gaussian/uniform-noise', sampler, 'return m + torch.sqrt(v) * torch.rand_like(m)'],
    ['sample-gaussian/sample-detached', sampler, 'return torch.distributions.Normal(m, v.sqrt()).sample()'],
    ['sample-gaussian/noise-shared-over-rows', sampler, 'return m + torch.sqrt(v) * torch.randn(m.size(-1))'],
    ['sample-gaussian/noise-reseeded', sampler, 'torch.manual_seed(0)\n    return m + torch.sqrt(v) * torch.randn_like(m)'],
    ['sample-gaussian/variance-detached', sampler, 'return m + torch.sqrt(v.data) * torch.randn_like(m)'],
    ['log-normal/variance-as-deviation', density, 'return torch.distributions.Normal(m, v).log_prob(x).sum(-1)'],
    ['log-normal/constant-missing', density, 'return -0.5 * (torch.log(v) + (x - m) ** 2 / v).sum(-1)'],
    ['log-normal/constant-once', density, 'return -0.5 * math.log(2 * math.pi) - 0.5 * (torch.log(v) + (x - m) ** 2 / v).sum(-1)'],
    ['log-normal/half-missing', density, 'return -(math.log(2 * math.pi) + torch.log(v) + (x - m) ** 2 / v).sum(-1)'],
    ['log-normal/sign-missing', density, 'return 0.5 * (math.log(2 * math.pi) + torch.log(v) + (x - m) ** 2 / v).sum(-1)'],
    ['log-normal/not-summed', density, 'return -0.5 * (math.log(2 * math.pi) + torch.log(v) + (x - m) ** 2 / v)'],
    ['log-normal/averaged-over-dimensions', density, 'return -0.5 * (math.log(2 * math.pi) + torch.log(v) + (x - m) ** 2 / v).mean(-1)'],
    ['log-normal-mixture/mean-of-logs', mixture, 'return log_normal(z.unsqueeze(1), m, v).mean(1)'],
    ['log-normal-mixture/log-k-missing', mixture, 'return torch.logsumexp(log_normal(z.unsqueeze(1), m, v), dim=1)'],
    ['log-normal-mixture/exp-then-log', mixture, 'return log_normal(z.unsqueeze(1), m, v).exp().mean(1).log()'],
    ['log-normal-mixture/largest-component-only', mixture, 'return log_normal(z.unsqueeze(1), m, v).max(1)[0]'],
    ['log-normal-mixture/log-not-taken', mixture, 'return log_normal(z.unsqueeze(1), m, v).exp().mean(1)'],
  ],
  [`${models}/vae.py`]: [
    ['vae-elbo/kl-sign', vaeKl, 'kl = -ut.kl_normal(m, v, *self.z_prior).mean()'],
    ['vae-elbo/kl-reversed', vaeKl, 'kl = ut.kl_normal(*self.z_prior, m, v).mean()'],
    ['vae-elbo/kl-summed-over-the-batch', vaeKl, 'kl = ut.kl_normal(m, v, *self.z_prior).sum()'],
    ['vae-elbo/kl-variance-as-deviation', vaeKl, 'kl = ut.kl_normal(m, v ** 2, *self.z_prior).mean()'],
    ['vae-elbo/rec-sign', rec, 'rec = ut.log_bernoulli_with_logits(x, self.dec.decode(z)).mean()'],
    ['vae-elbo/probabilities-as-logits', rec, 'rec = -ut.log_bernoulli_with_logits(x, torch.sigmoid(self.dec.decode(z))).mean()'],
    ['vae-elbo/decoder-detached', rec, 'rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z).detach()).mean()'],
    ['vae-elbo/kl-subtracted', total, 'return rec - kl, kl, rec'],
    ['vae-elbo/elbo-not-negated', total, 'return -(kl + rec), kl, rec'],
    ['vae-elbo/kl-and-rec-exchanged', total, 'return kl + rec, rec, kl'],
    ['vae-iwae/log-m-missing', niwae, 'niwae = -ut.log_sum_exp(-(kl + rec).reshape(iw, -1), dim=0).mean()'],
    ['vae-iwae/mean-of-logs', niwae, 'niwae = (kl + rec).reshape(iw, -1).mean(0).mean()'],
    ['vae-iwae/samples-viewed-as-images', niwae, 'niwae = -ut.log_mean_exp(-(kl + rec).view(-1, iw), dim=1).mean()'],
    ['vae-iwae/sign-missing', niwae, 'niwae = ut.log_mean_exp(-(kl + rec).reshape(iw, -1), dim=0).mean()'],
    ['vae-iwae/closed-form-in-the-weights', iwaeKl, 'kl = ut.kl_normal(m, v, *self.z_prior)'],
    ['vae-iwae/exp-then-log', niwae, 'niwae = -(-(kl + rec).reshape(iw, -1)).exp().mean(0).log().mean()'],
  ],
  [`${models}/gmvae.py`]: [
    ['gmvae-elbo/log-q-without-log-p', gmvaeKl, 'kl = ut.log_normal(z, m, v).mean()'],
    ['gmvae-elbo/kl-sign', gmvaeKl, 'kl = (ut.log_normal_mixture(z, *prior) - ut.log_normal(z, m, v)).mean()'],
    ['gmvae-elbo/closed-form-to-a-standard-normal', gmvaeKl, 'kl = ut.kl_normal(m, v, torch.zeros(1), torch.ones(1)).mean()'],
    ['gmvae-elbo/prior-detached', gmvaeKl, 'kl = (ut.log_normal(z, m, v) - ut.log_normal_mixture(z, *[part.detach() for part in prior])).mean()'],
    ['gmvae-iwae/not-averaged', niwae, 'niwae = -ut.log_mean_exp(-(kl + rec).reshape(iw, -1), dim=0)'],
  ],
  [`${models}/ssvae.py`]: [
    ['ssvae-elbo/kl-y-sign', ssvaeKlY, `${ssvaeKlY}; kl_y = -kl_y`],
    ['ssvae-elbo/kl-y-without-the-prior', ssvaeKlY, 'kl_y = (y_prob * y_logprob).sum(-1).mean()'],
    ['ssvae-elbo/kl-y-of-probabilities', ssvaeKlY, 'kl_y = ut.kl_cat(y_prob, y_prob, torch.full_like(y_prob, 1 / self.y_dim)).mean()'],
    ['ssvae-elbo/plain-mean-over-labels', 'weights = y_prob.t()', 'weights = torch.full_like(y_prob, 1 / self.y_dim).t()'],
    ['ssvae-elbo/labels-viewed-as-images', 'weights = y_prob.t()', 'weights = y_prob.reshape(self.y_dim, -1)'],
    ['ssvae-elbo/weights-detached', 'weights = y_prob.t()', 'weights = y_prob.t().detach()'],
    ['ssvae-elbo/kl-y-left-out', ssvaeSum, 'return kl_z + rec, kl_z, kl_y, rec'],
    ['ssvae-elbo/kl-y-and-kl-z-exchanged', ssvaeSum, 'return kl_y + kl_z + rec, kl_y, kl_z, rec'],
  ],
  [`${models}/fsvae.py`]: [
    ['fsvae-elbo/decoder-variance-as-deviation', fsvaeRec, 'rec = -ut.log_normal(x, self.dec.decode(z, y), torch.full_like(x, DECODER_VARIANCE ** 2)).mean()'],
    ['fsvae-elbo/bernoulli-pixels', fsvaeRec, 'rec = -ut.log_bernoulli_with_logits(x, self.dec.decode(z, y)).mean()'],
    ['fsvae-elbo/mean-of-squares', fsvaeRec, 'rec = ((x - self.dec.decode(z, y)) ** 2).mean()'],
    ['fsvae-elbo/decoder-variance-one', fsvaeRec, 'rec = -ut.log_normal(x, self.dec.decode(z, y), torch.ones_like(x)).mean()'],
  ],
};

export interface PythonMistake {
  readonly id: string;
  readonly files: readonly TextFile[];
}

export const pythonMistakes: readonly PythonMistake[] = Object.entries(ROWS).flatMap(([file, rows]) => rows.map(([id, from, to, after]) => ({ id, files: rewritten(file, from, to, after) })));
