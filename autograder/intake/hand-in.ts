/** One student's hand-in, found but not opened: which files, folders and archives belong to it. */
import type { Student } from '../../contract/submission.ts';

export interface Part {
  /** On disk. */
  readonly path: string;
  /** Within the zip at `path`, where a whole download came as one: a file, or a folder with its slash. */
  readonly inside?: string;
  /** As the student called it, without what a course system put in front. */
  readonly name: string;
  /** Higher is later, where the course system tells. */
  readonly version?: number;
  /** Which of the paths given to the grader it came from, the first being 0. */
  readonly collection?: number;
}

export interface HandIn {
  readonly student: Student;
  /** The name of the file or folder, as it was handed in or handed out. */
  readonly source: string;
  readonly path: string;
  /** When it was handed in, where the course system says so: an instant with its offset. */
  readonly submittedAt?: string;
  /** What the report should say of how it came to this student. */
  readonly note?: string;
  /** Where there is more to it than what lies at `path`. */
  readonly parts?: readonly Part[];
}
