// Debian and Ubuntu packages, when setup may install them.
import { findOnPath, lastLine, run } from './run-command.mjs';

export function mayInstallPackages() {
  return process.platform === 'linux' && process.getuid() === 0 && findOnPath('apt-get') !== undefined;
}

// Undefined when all went well, else why not.
export async function installPackages(names) {
  // Installing comes first and the package lists are fetched only when that fails: a fresh container
  // has no lists, an old one has lists that name files long gone, and elsewhere `update` is lost time.
  const first = await aptGet('install', '-y', '--no-install-recommends', ...names);
  if (first.ok) return undefined;
  // A broken third-party source makes `update` fail although the packages can be had: try them anyway.
  await aptGet('update');
  const second = await aptGet('install', '-y', '--no-install-recommends', ...names);
  return second.ok ? undefined : `apt-get install ${names.join(' ')} failed: ${lastLine(second.output)}`;
}

// Time limits on each transfer only: stopping dpkg in the middle would leave packages half configured.
function aptGet(...args) {
  const patience = ['-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1', '-o', 'DPkg::Lock::Timeout=60'];
  return run('apt-get', [...patience, ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' } });
}
