import { describe, expect, test } from 'vitest';
import { gradesJson, studentJson } from '../../../autograder/report/report.ts';
import { complete, mixed, refused } from './sample-results.ts';

describe('results as JSON', () => {
  test('hold everything for staff, by student id', () => {
    expect(JSON.parse(gradesJson([refused, complete, mixed]))).toEqual([mixed, complete, refused]);
  });

  test('hold no evidence for a student', () => {
    const text = studentJson(mixed);
    expect(text).not.toContain('11.90217');
    expect(text).not.toContain('samples-viewed-as-images');
    expect(text).toContain('mixed up in a reshape');
    expect(JSON.parse(text)).toMatchObject({ student: mixed.student, grade: mixed.grade });
  });
});
