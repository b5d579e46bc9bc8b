// Why bubblewrap was refused its namespaces. Its own message names the call that failed, not the setting
// behind it, and the cures differ: the kernel's switches decide, and the message only when none of them does.

export type KernelSwitches = {
  /** kernel.apparmor_restrict_unprivileged_userns = 1: Ubuntu from 23.10 on. */
  readonly apparmorRestricts: boolean;
  /** kernel.unprivileged_userns_clone = 0: older Debian, hardened kernels. */
  readonly cloneForbidden: boolean;
  /** user.max_user_namespaces = 0: some Red Hat systems. */
  readonly noneAllowed: boolean;
  readonly inContainer: boolean;
};

// For bwrap alone. Turning the restriction off (sysctl kernel.apparmor_restrict_unprivileged_userns=0) opens every program.
const allowByAppArmor =
  "printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile elbow-bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n'" +
  ' | sudo tee /etc/apparmor.d/elbow-bwrap && sudo apparmor_parser -r /etc/apparmor.d/elbow-bwrap';

export function explainRefusal(message: string, kernel: KernelSwitches): { detail: string; cure: string } {
  if (message.includes('Unknown option')) {
    return { detail: 'too old: it has no --disable-userns', cure: 'install bubblewrap 0.8.0 or later' };
  }
  if (kernel.noneAllowed) {
    return { detail: 'user namespaces are blocked: user.max_user_namespaces is 0', cure: 'sudo sysctl -w user.max_user_namespaces=15000' };
  }
  if (kernel.cloneForbidden) {
    return {
      detail: 'user namespaces are blocked: kernel.unprivileged_userns_clone is 0',
      cure: 'sudo sysctl -w kernel.unprivileged_userns_clone=1',
    };
  }
  if (kernel.apparmorRestricts) {
    return { detail: 'user namespaces are blocked by AppArmor', cure: allowByAppArmor };
  }
  if (message.includes('nesting depth')) {
    return { detail: 'user namespaces are blocked: elbow itself runs in a box that forbids them', cure: 'run elbow outside that box' };
  }
  if (kernel.inContainer) {
    return {
      detail: `this container forbids user namespaces (${message})`,
      cure: 'start the container with --security-opt seccomp=unconfined --security-opt apparmor=unconfined',
    };
  }
  return { detail: message, cure: 'allow unprivileged user namespaces in the kernel, or ask whoever runs this machine' };
}
