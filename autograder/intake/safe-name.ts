/** Names from outside: which are safe, which are the same, and how to print one. */

/** Windows gives these names to devices, whatever ending follows. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
/** Control and invisible characters, bidirectional overrides among them: they make one name look like another. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const INVISIBLE_ALL = new RegExp(INVISIBLE, 'gu');
const NAME_BYTES = 255;
const SHOWN = 120;

export function isReserved(name: string): boolean {
  return RESERVED.test(name);
}

/** Why some computer could not store this relative path; null when every one can. */
export function nameProblem(path: string): string | null {
  for (const name of path.split('/')) {
    if (INVISIBLE.test(name)) return 'its name holds a control or invisible character';
    if (name.includes('\\')) return 'its name holds a backslash';
    // Below a wrapper folder, which is taken off later, this is no absolute path yet.
    if (/^[a-z]:/i.test(name)) return 'its name, or that of a folder it is in, begins like a drive of Windows';
    if (/[. ]$/.test(name)) return 'its name, or that of a folder it is in, ends with a dot or a space';
    if (isReserved(name)) return `Windows cannot store the name "${name}"`;
    if (Buffer.byteLength(name) > NAME_BYTES) return `its name is longer than ${NAME_BYTES} bytes`;
  }
  return null;
}

/** Equal for two names that some file system takes for one: upper and lower case, composed and decomposed accents. */
export function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** A name fit for a sentence: what cannot be seen is spelled out, and nothing is longer than a line. */
export function shown(name: string): string {
  const visible = name.replace(INVISIBLE_ALL, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return visible.length <= SHOWN ? visible : `${visible.slice(0, SHOWN)}...`;
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = 8): string {
  const first = names.slice(0, most).map(shown).join(', ');
  return names.length <= most ? first : `${first} and ${names.length - most} more`;
}

/** The order of code points: the same on every machine, whatever its language. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
