/**
 * System calls the filter names, with their numbers on both processors (Linux's unistd_64.h and
 * asm-generic/unistd.h); null where a processor has no such call.
 */

export type Processor = 'x64' | 'arm64';

export interface SystemCall {
  readonly name: string;
  readonly x64: number | null;
  readonly arm64: number | null;
}

/** What no answer needs and much abuse does: refused with EPERM. One line a purpose. */
export const refused: readonly SystemCall[] = [
  // Other processes, and this one from outside.
  ...calls(['ptrace', 101, 117], ['process_vm_readv', 310, 270], ['process_vm_writev', 311, 271], ['kcmp', 312, 272]),
  ...calls(['process_madvise', 440, 440], ['process_mrelease', 448, 448]),
  ...calls(['pidfd_open', 434, 434], ['pidfd_getfd', 438, 438], ['pidfd_send_signal', 424, 424]),
  // Large parts of the kernel that grading has no use for.
  ...calls(['bpf', 321, 280], ['userfaultfd', 323, 282], ['perf_event_open', 298, 241]),
  ...calls(['io_uring_setup', 425, 425], ['io_uring_enter', 426, 426], ['io_uring_register', 427, 427]),
  ...calls(['vmsplice', 278, 75], ['splice', 275, 76], ['tee', 276, 77], ['modify_ldt', 154, null]),
  ...calls(['fanotify_init', 300, 262], ['fanotify_mark', 301, 263], ['lookup_dcookie', 212, 18]),
  // Keys, shared memory, messages and locks: memory no limit sees, and channels between two boxes.
  ...calls(['add_key', 248, 217], ['request_key', 249, 218], ['keyctl', 250, 219]),
  ...calls(['memfd_create', 319, 279], ['memfd_secret', 447, 447], ['flock', 73, 32]),
  ...calls(['shmget', 29, 194], ['shmctl', 31, 195], ['shmat', 30, 196], ['shmdt', 67, 197]),
  ...calls(['msgget', 68, 186], ['msgctl', 71, 187], ['msgrcv', 70, 188], ['msgsnd', 69, 189]),
  ...calls(['semget', 64, 190], ['semctl', 66, 191], ['semtimedop', 220, 192], ['semop', 65, 193]),
  ...calls(['mq_open', 240, 180], ['mq_unlink', 241, 181], ['mq_timedsend', 242, 182], ['mq_timedreceive', 243, 183]),
  ...calls(['mq_notify', 244, 184], ['mq_getsetattr', 245, 185]),
  // Namespaces, mounts and files by handle.
  ...calls(['unshare', 272, 97], ['setns', 308, 268], ['chroot', 161, 51], ['pivot_root', 155, 41]),
  ...calls(['mount', 165, 40], ['umount2', 166, 39], ['mount_setattr', 442, 442], ['move_mount', 429, 429]),
  ...calls(['open_tree', 428, 428], ['fsopen', 430, 430], ['fsconfig', 431, 431], ['fsmount', 432, 432], ['fspick', 433, 433]),
  ...calls(['name_to_handle_at', 303, 264], ['open_by_handle_at', 304, 265], ['mknod', 133, null], ['mknodat', 259, 33]),
  ...calls(['quotactl', 179, 60], ['quotactl_fd', 443, 443], ['swapon', 167, 224], ['swapoff', 168, 225], ['acct', 163, 89]),
  // The machine itself.
  ...calls(['init_module', 175, 105], ['finit_module', 313, 273], ['delete_module', 176, 106]),
  ...calls(['kexec_load', 246, 104], ['kexec_file_load', 320, 294], ['reboot', 169, 142], ['syslog', 103, 116]),
  ...calls(['settimeofday', 164, 170], ['clock_settime', 227, 112], ['clock_adjtime', 305, 266], ['adjtimex', 159, 171]),
  ...calls(['sethostname', 170, 161], ['setdomainname', 171, 162], ['personality', 135, 92], ['vhangup', 153, 58]),
  ...calls(['iopl', 172, null], ['ioperm', 173, null], ['uselib', 134, null], ['sysfs', 139, null], ['ustat', 136, null]),
  ...calls(['mbind', 237, 235], ['set_mempolicy', 238, 237], ['set_mempolicy_home_node', 450, 450]),
  ...calls(['migrate_pages', 256, 238], ['move_pages', 279, 239]),
  // A child process would double every limit that is counted per process.
  ...calls(['fork', 57, null], ['vfork', 58, null]),
];

/** Calls that are judged by their arguments, or refused with an error of their own. */
export const judged = {
  clone: call('clone', 56, 220),
  clone3: call('clone3', 435, 435),
  socket: call('socket', 41, 198),
  ioctl: call('ioctl', 16, 29),
  fcntl: call('fcntl', 72, 25),
  mmap: call('mmap', 9, 222),
} as const;

/** The newest call known when this was written (mseal); what came later is unknown, so it is absent in the box. */
export const NEWEST_KNOWN = 462;

function calls(...rows: readonly (readonly [name: string, x64: number | null, arm64: number | null])[]): readonly SystemCall[] {
  return rows.map((row) => call(...row));
}

function call(name: string, x64: number | null, arm64: number | null): SystemCall {
  return { name, x64, arm64 };
}
