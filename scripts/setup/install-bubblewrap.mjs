// bubblewrap makes the box that submissions run in. Setup goes on without it; grading then says what it lacks.
import { installPackages, mayInstallPackages } from './apt-get.mjs';
import { fingerprint, forgetFailure, recallFailure, rememberFailure } from './failure-memory.mjs';
import { findOnPath, seconds } from './run-command.mjs';

const commands = [
  'Debian or Ubuntu: sudo apt-get install -y bubblewrap',
  'Fedora: sudo dnf install -y bubblewrap',
  'Arch: sudo pacman -S --noconfirm bubblewrap',
];

export async function installBubblewrap({ cache, say, note, retry }) {
  if (findOnPath('bwrap')) return 'bubblewrap';
  if (process.platform !== 'linux') {
    note('bubblewrap: exists only on Linux, so other people\'s submissions must be graded on a Linux machine.');
    return 'no bubblewrap';
  }
  if (!mayInstallPackages()) {
    note(`bubblewrap: missing, and needed to grade other people's submissions. ${commands.join('; ')}`);
    return 'no bubblewrap';
  }

  const environment = fingerprint(process.env.PATH);
  const refused = retry ? undefined : recallFailure(cache, 'bubblewrap', environment);
  if (refused) return `no bubblewrap (${refused})`;
  say('bubblewrap: installing with apt-get');
  const startedAt = performance.now();
  const failure = await installPackages(['bubblewrap']);
  if (failure) {
    rememberFailure(cache, 'bubblewrap', environment, failure);
    say(`bubblewrap cannot be had, so only your own submissions may be graded here: ${failure}`);
    return 'no bubblewrap';
  }
  forgetFailure(cache, 'bubblewrap');
  say(`bubblewrap: installed (${seconds(performance.now() - startedAt)})`);
  return 'bubblewrap';
}
