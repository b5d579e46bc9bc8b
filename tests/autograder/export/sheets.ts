/** Sheets in exactly the shape in which the systems give them out, and results to fill in. */
import type { SubmissionResult } from '../../../contract/result.ts';
import { complete } from '../report/sample-results.ts';

export const result = (id: string, final: number | null, more: Partial<SubmissionResult> = {}): SubmissionResult => ({
  ...complete,
  student: { id },
  source: `${id}.zip`,
  ...more,
  grade: { ...complete.grade, points: 83, raw: final ?? 0, final, awaitingPoints: final === null ? 9 : 0 },
});

/** Points Possible with four blanks in front, a row for hidden grades, a quoted title, totals that nobody may write. */
export const canvasSheet = [
  'Student,ID,SIS User ID,SIS Login ID,Section,HW1 (777),"HW2, the VAE (12345)",Assignments Current Score,Current Score,Final Score',
  ',,,,,,Manual Posting,,,',
  '    Points Possible,,,,,10.00,83.00,(read only),(read only),(read only)',
  '"Doe, Jane",101,s-01,jdoe,"CS236, Fall",9.50,,95.00,95.00,40.00',
  '"Ångström, Zoë",102,s-02,zoe@x.edu,CS236,8.00,12.00,80.00,80.00,40.00',
  '"O""Neil, Pat",103,s-03,pat,CS236,,EX,,,',
  '"Absent, Al",104,s-04,al,CS236,1.00,,10.00,10.00,4.00',
  '"Student, Test",105,,5f3a,CS236,,,,,',
  '',
].join('\n');

export const moodleSheet = [
  'Identifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"',
  '"Participant 5001","Jane Doe",jane@x.edu,"Submitted for grading - ",,83.00,Yes,"Monday, 3 November 2025, 11:58 PM",-,',
  '"Participant 5002","Zoë Ångström",zoe@x.edu,"Submitted for grading - Graded - ",12.00,83.00,Yes,"Monday, 3 November 2025, 9:01 PM","Tuesday, 4 November 2025, 9:00 AM","<p>See ""page 2"",',
  'please</p>"',
  '"Participant 5003","Al_ber/to Roy",al@x.edu,"No submission",,83.00,No,-,-,',
  '',
].join('\r\n');
