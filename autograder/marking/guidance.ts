/** Model answers and criteria by task, out of a file with a section for each. */

const SECTION = /^## (\S+)\s*$/;

/** By task id; a task without a section has no guidance. */
export function parseGuidance(text: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let task = '';
  let lines: string[] = [];
  const finish = (): void => {
    if (task !== '') sections.set(task, lines.join('\n').trim());
  };
  for (const line of text.split(/\r?\n/)) {
    const found = SECTION.exec(line)?.[1];
    if (found === undefined) {
      lines.push(line);
    } else {
      finish();
      [task, lines] = [found, []];
    }
  }
  finish();
  return sections;
}
