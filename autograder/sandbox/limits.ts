/** The limits a process carries itself, set by prlimit before the box is made. A control group, where there is one, counts more exactly. */
import { execFileSync } from 'node:child_process';
import { kibibytes } from './process-stat.ts';

const MEBIBYTE = 1 << 20;
const STACK_BYTES = 8 * MEBIBYTE;
/** Nothing in the box can be written, so this bounds nothing that is known; it costs nothing. */
const FILE_BYTES = MEBIBYTE;

export interface ResourceCeiling {
  /** For the whole life of the child: far above what its tasks may use together. */
  readonly cpuSeconds: number;
  readonly memoryMegabytes: number;
  readonly processes: number;
  readonly openFiles: number;
}

export interface Enforcement {
  /** RLIMIT_DATA in MiB where no control group bounds memory; null where one does. */
  readonly dataMegabytes: number | null;
  /** The kernel counts processes per user over the whole machine: a limit only for a user of the box's own. */
  readonly ownUser: boolean;
}

export function prlimitArguments(ceiling: ResourceCeiling, { dataMegabytes, ownUser }: Enforcement): readonly string[] {
  const cpu = Math.ceil(ceiling.cpuSeconds);
  return [
    // The soft limit's signal can be caught, the hard one's cannot.
    `--cpu=${cpu}:${cpu + 1}`,
    `--nofile=${ceiling.openFiles}`,
    `--fsize=${FILE_BYTES}`,
    `--stack=${STACK_BYTES}`,
    '--core=0',
    ...(ownUser ? [`--nproc=${ceiling.processes}`] : []),
    ...(dataMegabytes === null ? [] : [`--data=${Math.ceil(dataMegabytes) * MEBIBYTE}`]),
  ];
}

let reservedByNode: number | null = null;

/**
 * RLIMIT_DATA that leaves a program `budget` MiB to use. It counts address space that is only reserved:
 * Node 24 reserves over 500 MB before it has done anything, Node 20 ten. So our own binary is asked, once.
 */
export function dataMegabytesFor(program: string, budget: number): number {
  if (program !== process.execPath) return budget;
  reservedByNode ??= measureReserved();
  return reservedByNode + budget;
}

function measureReserved(): number {
  const script = "process.stdout.write(require('fs').readFileSync('/proc/self/status', 'utf8'))";
  const status = execFileSync(process.execPath, ['-e', script], { env: {}, cwd: '/', encoding: 'utf8', timeout: 30_000 });
  return ((kibibytes(status, 'VmData') ?? 0) - (kibibytes(status, 'VmRSS') ?? 0)) / 1024;
}
