/**
 * Node's permissions allow native code for the sake of TensorFlow's own binding, and then for all that
 * follows it. The binding is in by now: from here on nothing is loaded, neither by this function nor by
 * `require`, which calls it. A belt, like the permissions.
 */
export function loadNoMoreNativeCode(): void {
  const refuse = (): never => {
    throw Object.assign(new Error('native code cannot be loaded here'), { code: 'ERR_DLOPEN_DISABLED' });
  };
  Object.defineProperty(process, 'dlopen', { value: refuse, writable: false, configurable: false });
}
