/**
 * Descriptors this process inherited from whoever started it, and would hand on: bubblewrap closes none,
 * and Node marks only the lowest ones close-on-exec (a shell's 63 or a terminal's 251 was seen in the box).
 * They cannot be marked from JavaScript, and closing them could take something from under our host. So
 * each is covered by /dev/null in the child: no further program to start, and no cost.
 */
import fs from 'node:fs';

const CLOSE_ON_EXEC = 0o2000000;

/** Above this a table of descriptors is no longer small; nothing real has been seen that high. */
const HIGHEST_COVERED = 4096;

let known: readonly number[] | null = null;

/** All that `exec` would hand on, stdin, stdout and stderr aside. Looked up once: Node opens nothing of the kind itself. */
export function inheritedDescriptors(): readonly number[] {
  known ??= listOpen().filter((descriptor) => descriptor > 2 && isHandedOn(descriptor));
  return known;
}

/** `wanted`, and /dev/null over every inherited descriptor behind it; `opened` is to be closed once the child is started. */
export function coverInherited<Stdio>(wanted: readonly Stdio[], inherited = inheritedDescriptors()): { stdio: (Stdio | 'ignore' | number)[]; opened: number | null } {
  const leaking = inherited.filter((descriptor) => descriptor >= wanted.length);
  if (leaking.length === 0) return { stdio: [...wanted], opened: null };
  const highest = Math.max(...leaking);
  if (highest > HIGHEST_COVERED) throw new Error(`descriptor ${highest} was left open by the program that started elbow: close it first`);
  const opened = fs.openSync('/dev/null', 'r');
  const stdio: (Stdio | 'ignore' | number)[] = [...wanted];
  for (let descriptor = wanted.length; descriptor <= highest; descriptor += 1) stdio.push(leaking.includes(descriptor) ? opened : 'ignore');
  return { stdio, opened };
}

/** Empty where the system has no procfs: there are no boxes there either. */
function listOpen(): readonly number[] {
  return fs.existsSync('/proc/self/fd') ? fs.readdirSync('/proc/self/fd').map(Number) : [];
}

function isHandedOn(descriptor: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    // The descriptor of this very listing, closed by now.
    return false;
  }
}
