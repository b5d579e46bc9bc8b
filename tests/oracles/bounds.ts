/**
 * The negative bounds of every model, given the noise explicitly. `noise` is the flat stream of
 * standard normals in the order the reference draws it, so a fixture's recorded stream fits as it is.
 */
import { at, mean, range, sum, type Matrix, type Vector } from './arrays.ts';
import {
  oracleKlCategorical,
  oracleKlNormal,
  oracleLogBernoulli,
  oracleLogMeanExp,
  oracleLogNormal,
  oracleLogNormalMixture,
  oracleSampleGaussian,
  oracleSoftmax,
  oracleStandardNormal,
} from './densities.ts';
import {
  encode,
  forward,
  oneHot,
  varianceOf,
  type GmvaeNetworks,
  type SsvaeNetworks,
  type VaeNetworks,
} from './networks.ts';

export interface OracleElbo {
  readonly nelbo: number;
  readonly kl: number;
  readonly rec: number;
}
export interface OracleIwae {
  readonly niwae: number;
  readonly kl: number; // average of log q(z|x) - log p(z) over samples and batch
  readonly rec: number; // average of -log p(x|z) over samples and batch
}
export interface OracleSsvaeElbo {
  readonly nelbo: number;
  readonly klZ: number;
  readonly klY: number;
  readonly rec: number;
}

/** Noise [batch, z]. The KL is exact. */
export function oracleVaeNelbo(networks: VaeNetworks, x: Matrix, noise: ArrayLike<number>): OracleElbo {
  return averageElbo(
    x.map((image, b) => {
      const q = encode(networks.encoder, image);
      const z = oracleSampleGaussian(q, noiseRow(noise, b, q.mean.length));
      const rec = -oracleLogBernoulli(image, forward(networks.decoder, z));
      return { kl: oracleKlNormal(q, oracleStandardNormal(z.length)), rec };
    }),
  );
}

/** Noise [batch, z]. The KL is estimated from the sample that rec uses. */
export function oracleGmvaeNelbo(networks: GmvaeNetworks, x: Matrix, noise: ArrayLike<number>): OracleElbo {
  return averageElbo(oracleLogWeights(networks, mixtureLogDensity(networks), x, 1, noise).flat());
}

/** Noise [m, batch, z]. */
export function oracleVaeNiwae(networks: VaeNetworks, x: Matrix, m: number, noise: ArrayLike<number>): OracleIwae {
  return oracleNiwae(oracleLogWeights(networks, standardLogDensity, x, m, noise));
}

/** Noise [m, batch, z]. */
export function oracleGmvaeNiwae(networks: GmvaeNetworks, x: Matrix, m: number, noise: ArrayLike<number>): OracleIwae {
  return oracleNiwae(oracleLogWeights(networks, mixtureLogDensity(networks), x, m, noise));
}

/** Noise [labels, batch, z]. */
export function oracleSsvaeNelbo(networks: SsvaeNetworks, x: Matrix, noise: ArrayLike<number>): OracleSsvaeElbo {
  const images = x.map((image, b) => {
    const qy = oracleSoftmax(forward(networks.classifier, image));
    const uniform = qy.map(() => 1 / qy.length);
    const each = qy.map((probability, label) => {
      const y = oneHot(label, qy.length);
      const q = encode(networks.encoder, [...image, ...y]);
      const z = oracleSampleGaussian(q, noiseRow(noise, label * x.length + b, q.mean.length));
      const rec = -oracleLogBernoulli(image, forward(networks.decoder, [...z, ...y]));
      return { klZ: probability * oracleKlNormal(q, oracleStandardNormal(z.length)), rec: probability * rec };
    });
    return { klY: oracleKlCategorical(qy, uniform), klZ: sum(each.map((e) => e.klZ)), rec: sum(each.map((e) => e.rec)) };
  });
  const klZ = mean(images.map((image) => image.klZ));
  const klY = mean(images.map((image) => image.klY));
  const rec = mean(images.map((image) => image.rec));
  return { nelbo: klY + klZ + rec, klZ, klY, rec };
}

/** Noise [batch, z]; y one-hot [batch][labels]; x real. */
export function oracleFsvaeNelbo(
  networks: VaeNetworks,
  x: Matrix,
  y: Matrix,
  noise: ArrayLike<number>,
  decoderVariance = 0.1,
): OracleElbo {
  return averageElbo(
    x.map((image, b) => {
      const q = encode(networks.encoder, [...image, ...at(y, b)]);
      const z = oracleSampleGaussian(q, noiseRow(noise, b, q.mean.length));
      const decoded = forward(networks.decoder, [...z, ...at(y, b)]);
      const rec = -oracleLogNormal(image, { mean: decoded, variance: decoded.map(() => decoderVariance) });
      return { kl: oracleKlNormal(q, oracleStandardNormal(z.length)), rec };
    }),
  );
}

/** One importance weight w = p(x|z) p(z) / q(z|x) in its two parts: log w = -(kl + rec). */
export interface WeightParts {
  readonly kl: number; // log q(z|x) - log p(z)
  readonly rec: number; // -log p(x|z)
}

/** [m][batch] weights, with the noise [m, batch, z]. */
export function oracleLogWeights(
  networks: VaeNetworks,
  logPrior: (z: Vector) => number,
  x: Matrix,
  m: number,
  noise: ArrayLike<number>,
): readonly (readonly WeightParts[])[] {
  return range(m).map((i) =>
    x.map((image, b) => {
      const q = encode(networks.encoder, image);
      const z = oracleSampleGaussian(q, noiseRow(noise, i * x.length + b, q.mean.length));
      return {
        kl: oracleLogNormal(z, q) - logPrior(z),
        rec: -oracleLogBernoulli(image, forward(networks.decoder, z)),
      };
    }),
  );
}

/** log p(z) of the standard normal prior */
export function standardLogDensity(z: Vector): number {
  return oracleLogNormal(z, oracleStandardNormal(z.length));
}

/** log p(z) of a mixture prior */
export function mixtureLogDensity(networks: GmvaeNetworks): (z: Vector) => number {
  const variances = networks.spreads.map((row) => row.map(varianceOf));
  return (z) => oracleLogNormalMixture(z, networks.means, variances);
}

/** From [m][batch] weights: the log-mean-exp over m of each image, then averages. */
function oracleNiwae(weights: readonly (readonly WeightParts[])[]): OracleIwae {
  const images = range(at(weights, 0).length);
  const bounds = images.map((b) =>
    oracleLogMeanExp(
      weights.map((sample) => {
        const { kl, rec } = at(sample, b);
        return -(kl + rec);
      }),
    ),
  );
  const all = weights.flat();
  return { niwae: -mean(bounds), kl: mean(all.map((w) => w.kl)), rec: mean(all.map((w) => w.rec)) };
}

function averageElbo(images: readonly WeightParts[]): OracleElbo {
  const kl = mean(images.map((image) => image.kl));
  const rec = mean(images.map((image) => image.rec));
  return { nelbo: kl + rec, kl, rec };
}

function noiseRow(noise: ArrayLike<number>, row: number, width: number): Vector {
  return range(width).map((d) => at(noise, row * width + d));
}
