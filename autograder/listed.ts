const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** "a", "a and b", "a, b, and c". */
export function listed(names: readonly string[]): string {
  return list.format(names);
}
