/** docs/protocol.md is complete, and the child it shows is one. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Session } from '../../autograder/session/session.ts';
import { Call, FromChild, Load, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES } from '../../contract/messages.ts';
import { GENEROUS, question } from '../autograder/session/student-session.ts';
import { read } from '../source-files.ts';
import { floats, numbersOf, tensorArgument, valueOf } from './asker.ts';

const page = read('docs/protocol.md');

describe('docs/protocol.md', () => {
  it('names every key and every word of the messages', () => {
    const words = [...new Set([...wordsOf(Load), ...wordsOf(Call), ...wordsOf(FromChild)])];
    expect(words.length).toBeGreaterThan(40);
    expect(words.filter((word) => !new RegExp(`[\`"]${word}[\`"]`).test(page))).toEqual([]);
  });

  it('says how much a child may send', () => {
    expect(page).toContain(`a header may have ${MAX_HEADER_BYTES >> 20} MiB and a payload ${MAX_PAYLOAD_BYTES >> 20} MiB`);
  });
});

const python = findPython();

describe('the child of docs/protocol.md', () => {
  it.skipIf(python === null)('answers', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-python-'));
    const file = path.join(folder, 'child.py');
    fs.writeFileSync(file, /^```python\n([^]*?)^```/m.exec(page)?.[1] ?? '');
    const launch = { program: python ?? '', arguments: [{ file }], files: [], environment: {} };
    const session = await Session.open(launch, 'none', GENEROUS, { files: [{ path: 'a.py', code: '' }], originals: [] }, 1);
    try {
      if (!(session instanceof Session)) throw new Error(JSON.stringify(session));
      session.startTask();
      const numbers = [1, -0, Number.NaN];
      const asked = question({ arguments: [{ kind: 'number', value: 3 }, tensorArgument('x', floats([3], numbers))] });
      expect(numbersOf(valueOf(await session.ask(asked)))).toEqual(numbers);
      expect(await session.ask(question())).toMatchObject({ kind: 'threw', error: { name: 'TypeError', message: 'no tensor to return' } });
      expect(session.consoleText()).toBe('1 files\n');
    } finally {
      if (session instanceof Session) await session.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

function findPython(): string | null {
  try {
    return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return null;
  }
}

/** Property names and literal texts of a schema. */
function wordsOf(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, const: literal } = schema as { properties?: object; const?: unknown };
  return [...Object.keys(properties ?? {}), ...(typeof literal === 'string' ? [literal] : []), ...Object.values(schema).flatMap(wordsOf)];
}
