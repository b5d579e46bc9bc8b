/**
 * Exact bounds in one or two latent dimensions, by the trapezoid rule on a grid of +-9 deviations.
 * The rule converges exponentially for smooth integrands that vanish at both ends, so use smooth
 * decoders (identity, or elu where 1e-4 is enough).
 */
import { at, range, sum, type Vector } from './arrays.ts';
import { oracleLogNormal, oracleStandardNormal, type OracleGaussian } from './densities.ts';

/** One observation: the posterior of the encoder and the two log-densities of the model. */
export interface LatentProblem {
  readonly posterior: OracleGaussian;
  readonly logPrior: (z: Vector) => number;
  readonly logLikelihood: (z: Vector) => number;
}

interface Node {
  readonly z: Vector;
  readonly weight: number; // probability under the Gaussian the grid belongs to
}

const REACH = 9; // deviations to either side
const STEPS = [0.02, 0.1]; // deviations between nodes, in one and in two dimensions

/** E[f(z)] for z ~ N(mean, diag(variance)) */
export function expectationUnder(gaussian: OracleGaussian, f: (z: Vector) => number): number {
  return sum(grid(gaussian).map(({ z, weight }) => weight * f(z)));
}

/** ELBO = E_q[log w] */
export function exactElbo(problem: LatentProblem): number {
  return expectationUnder(problem.posterior, (z) => logWeight(problem, z));
}

/** Variance of log w under q: what a one-sample estimate of the ELBO scatters by. */
export function exactElboVariance(problem: LatentProblem): number {
  const elbo = exactElbo(problem);
  return expectationUnder(problem.posterior, (z) => (logWeight(problem, z) - elbo) ** 2);
}

/** log p(x) = log E_proposal[p(x, z) / proposal(z)]; the proposal only places the grid. */
export function exactLogEvidence(problem: LatentProblem, proposal: OracleGaussian = defaultProposal(problem)): number {
  const nodes = grid(proposal).map(({ z, weight }) => ({
    weight,
    logRatio: problem.logPrior(z) + problem.logLikelihood(z) - oracleLogNormal(z, proposal),
  }));
  const shift = nodes.reduce((largest, node) => Math.max(largest, node.logRatio), -Infinity);
  return shift + Math.log(sum(nodes.map((node) => node.weight * Math.exp(node.logRatio - shift))));
}

/**
 * L_m = E[log 1/m sum_i w_i], exactly, for any m:
 * log a = integral_0^inf (e^-t - e^-at) dt / t gives
 * L_m = -log m + integral_0^inf (e^-t - phi(t)^m) dt / t, with phi(t) = E_q[e^-tw].
 * With t = e^s, dt / t = ds: the integrand is smooth in s and vanishes at both ends.
 */
export function exactIwae(problem: LatentProblem, m: number): number {
  const nodes = grid(problem.posterior).map(({ z, weight }) => ({ weight, logW: logWeight(problem, z) }));
  // w is only known up to a factor that may underflow: log(1/m sum w_i) = c + log(1/m sum w_i e^-c)
  const shift = sum(nodes.map((node) => node.weight * node.logW));
  const reachable = nodes.filter((node) => node.weight > 1e-16).map((node) => node.logW - shift);
  const from = -40 - reachable.reduce((a, b) => Math.max(a, b), 0); // no Math.max(...): too many nodes
  const to = 5 - reachable.reduce((a, b) => Math.min(a, b), 0);
  const ds = 0.1;
  const integral = sum(
    range(Math.ceil((to - from) / ds)).map((k) => {
      const s = from + k * ds;
      let phi = 0;
      for (const { weight, logW } of nodes) {
        const exponent = s + logW - shift;
        if (exponent < 4) phi += weight * Math.exp(-Math.exp(exponent)); // beyond: below e^-54
      }
      return ds * (Math.exp(-Math.exp(s)) - phi ** m);
    }),
  );
  return shift - Math.log(m) + integral;
}

export function logWeight({ posterior, logPrior, logLikelihood }: LatentProblem, z: Vector): number {
  return logLikelihood(z) + logPrior(z) - oracleLogNormal(z, posterior);
}

/** Nodes of the product grid, with weights that add to 1. */
function grid({ mean, variance }: OracleGaussian): readonly Node[] {
  const step = at(STEPS, mean.length - 1);
  const axis = range(Math.round((2 * REACH) / step) + 1).map((k) => k * step - REACH);
  const density = axis.map((u) => Math.exp(-(u * u) / 2));
  const total = sum(density);
  return mean.reduce<readonly Node[]>(
    (nodes, centre, d) =>
      nodes.flatMap((node) =>
        axis.map((u, k) => ({
          z: [...node.z, centre + u * Math.sqrt(at(variance, d))],
          weight: (node.weight * at(density, k)) / total,
        })),
      ),
    [{ z: [], weight: 1 }],
  );
}

/** Twice the standard deviation of the prior N(0, I) reaches every mixture the tests use. */
function defaultProposal({ posterior }: LatentProblem): OracleGaussian {
  const standard = oracleStandardNormal(posterior.mean.length);
  return { mean: standard.mean, variance: standard.variance.map((value) => 4 * value) };
}
