import { describe, expect, test } from 'vitest';
import { onOneLine, visible } from '../../../autograder/report/visible-text.ts';

describe('visible text', () => {
  test.each([
    ['tab\tand\nbreak', 'tab\tand\nbreak'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u{1b}[1;31mred\u{1b}[0m', 'red'],
    ['\u{1b}]0;title\u{7}after', 'after'],
    ['\u{1b}]0;never ended', '0;never ended'],
    ['\u{9b}31m', String.raw`\u009B31m`],
    ['\u{202e}\u{2066}\u{200b}\u{ad}', String.raw`\u202E\u2066\u200B\u00AD`],
    ['tag \u{e0041}', String.raw`tag \u{E0041}`],
    ['a\0b \ud800 \udfff', 'a\u{fffd}b \u{fffd} \u{fffd}'],
    ['می‌خواهم 👩‍💻', 'می‌خواهم 👩‍💻'],
    ['ali\u{200d}ce', String.raw`ali\u200Dce`],
    ['', ''],
  ])('turns %j into %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(visible(shown)).toBe(shown);
  });

  test('is cut on one line, never through a character', () => {
    expect(onOneLine(' a \n b ')).toBe('a b');
    const line = onOneLine(`x${'😀'.repeat(500)}`);
    expect(line.length).toBeLessThanOrEqual(401);
    expect(line).not.toMatch(/\p{Surrogate}/u);
  });

  test('stays fast on text made to be slow', () => {
    const started = performance.now();
    for (const unit of ['\u{1b}]', '\u{1b}[', '\u{1b}P0;', '\u{200d}', '\r']) visible(unit.repeat(500_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
