/** What intake hands on: one student's hand-in as plain texts, nothing of it run yet. */

export interface Student {
  readonly id: string;
  readonly name?: string;
}

export interface TextFile {
  /** Relative to the hand-in, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Submission {
  readonly student: Student;
  /** The file or folder it came from, as the instructor would recognise it. */
  readonly source: string;
  readonly code: readonly TextFile[];
  readonly written: readonly TextFile[];
  /** PDFs and pictures: named for the person who marks, never opened. */
  readonly attachments: readonly string[];
  /** What a reader of the report should know: skipped files, edited helpers, a missing module. */
  readonly notes: readonly string[];
}

/** A hand-in that cannot be opened safely; its reason is shown to the student. */
export interface Refusal {
  readonly student: Student;
  readonly source: string;
  readonly reason: string;
}

export type Intake = { readonly kind: 'submission'; readonly submission: Submission } | { readonly kind: 'refused'; readonly refusal: Refusal };
