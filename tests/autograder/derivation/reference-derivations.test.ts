/** Every reference derivation gets the marks it must get, and every wrong one loses them at the right line. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDerivation, derivationTasks } from '../../../autograder/derivation/derivation.ts';
import { taskNamed } from './task-named.ts';

const folder = path.resolve(import.meta.dirname, '../../../reference/derivations');

interface Example {
  readonly title: string;
  readonly page: string;
  /** Lines above the first of the first block. */
  readonly offset: number;
}

/** `## right: ...`, `## wrong at line 3: ...`, `## nothing: ...` */
function examples(name: string): readonly Example[] {
  const text = fs.readFileSync(path.join(folder, `${name}.md`), 'utf8');
  return text.split(/^## /m).slice(1).map((section) => {
    const lines = section.split('\n');
    const page = lines.slice(1).join('\n');
    return { title: lines[0] ?? '', page, offset: page.split('\n').findIndex((line) => /^(```|\$\$)/.test(line)) + 1 };
  });
}

describe.each([...derivationTasks.keys()])('%s', (id) => {
  const task = taskNamed(id);
  const all = examples(id);
  const of = (kind: string): readonly Example[] => all.filter(({ title }) => title.startsWith(kind));

  it('has two right ones and eight wrong ones, and nothing else', () => {
    expect(of('right').length).toBeGreaterThanOrEqual(2);
    expect(of('wrong').length).toBeGreaterThanOrEqual(8);
    expect(all.length).toBe(of('right').length + of('wrong').length + of('nothing').length);
  });

  it.each(of('right'))('$title', ({ page }) => {
    const { verdict, share, forPerson } = checkDerivation(page, task);
    expect({ verdict, share, forPerson }).toEqual({ verdict: 'shown', share: 1, forPerson: undefined });
  });

  it.each(of('wrong'))('$title', ({ title, page, offset }) => {
    const { verdict, share, firstWrong } = checkDerivation(page, task);
    expect(verdict).toBe('wrong');
    expect(share).toBeLessThan(1);
    expect((firstWrong?.number ?? 0) - offset).toBe(Number(/line (\d+)/.exec(title)?.[1]));
  });

  it.each(of('nothing'))('$title', ({ page }) => {
    const { verdict, share } = checkDerivation(page, task);
    expect({ verdict, share }).toEqual({ verdict: 'not shown', share: 0 });
  });
});

describe('proofs in other orders and notations', () => {
  const others = examples('other-proofs');

  it('are five and more for ten tasks', () => {
    const tasks = others.map(({ title }) => title.split(':')[0]);
    const often = new Set(tasks.filter((task) => tasks.filter((other) => other === task).length >= 5));
    expect(often.size).toBeGreaterThanOrEqual(10);
  });

  it.each(others)('$title', ({ title, page }) => {
    const { verdict, forPerson } = checkDerivation(page, taskNamed(title.split(':')[0] ?? ''));
    expect(verdict === 'shown' || forPerson !== undefined).toBe(true);
  });
});
