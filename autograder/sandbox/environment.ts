/** The environment of a child is what its language asks for and nothing else: no tokens, no paths, no locale. */
import type { Launch } from './launch.ts';

export function resolveEnvironment(launch: Launch, locate: (file: string) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(launch.environment).map(([name, value]) => [name, typeof value === 'string' ? value : locate(value.file)]),
  );
}
