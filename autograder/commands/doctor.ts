import colours from 'picocolors';
import { inspectHost, type HostFact } from '../host/host.ts';
import { isKit } from '../paths.ts';

export type DoctorOptions = { readonly json?: boolean };

/** Says what this machine has for grading and how to get what it lacks; 0 when grading is possible. */
export async function runDoctor(options: DoctorOptions, print: (line: string) => void): Promise<number> {
  const facts = await inspectHost();
  const lacking = facts.filter(({ status, needed }) => needed && status !== 'present');
  if (options.json === true) {
    print(JSON.stringify({ ready: lacking.length === 0, facts }, null, 2));
  } else {
    for (const line of facts.flatMap(describe)) print(line);
    print('');
    print(verdict(facts, lacking));
  }
  return lacking.length === 0 ? 0 : 1;
}

function describe({ name, status, detail, cost, cure }: HostFact): readonly string[] {
  const paint = { present: colours.green, missing: colours.yellow, broken: colours.red }[status];
  const line = `${paint(status.padEnd(8))} ${name.padEnd(20)} ${detail}`;
  if (status === 'present') return [line];
  return [line, `${' '.repeat(9)}without it: ${cost}`, `${' '.repeat(9)}to mend it: ${cure}`];
}

function verdict(facts: readonly HostFact[], lacking: readonly HostFact[]): string {
  const doing = isKit ? 'Checking' : 'Grading';
  if (lacking.length > 0) return `${doing} is not possible here yet: ${names(lacking)}.`;
  const useful = facts.filter(({ status }) => status !== 'present');
  if (useful.length > 0) return `${doing} is possible here; ${names(useful)} would make it better.`;
  return `Everything needed for ${doing.toLowerCase()} is here.`;
}

function names(facts: readonly HostFact[]): string {
  return facts.map(({ name }) => name).join(', ');
}
