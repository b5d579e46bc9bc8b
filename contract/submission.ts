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

/** A PDF or picture: named for the person who marks. Its hash ties a mark to what was looked at. */
export interface Attachment {
  readonly name: string;
  readonly sha256: string;
}

/** Something that training made and the assignment names: weights, numbers, a picture. What is in it is checked where it is used. */
export interface ResultFile {
  readonly path: string;
  /** A sentence where it was not read. */
  readonly content: { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'unread'; readonly problem: string };
}

/** A rule of packaging that a hand-in does not keep. */
export interface BrokenRule {
  readonly rule: string;
  /** For the student. */
  readonly message: string;
}

export interface Submission {
  readonly student: Student;
  /** The file or folder it came from, as the instructor would recognise it. */
  readonly source: string;
  /** Absent: the one that the assignment is written for. */
  readonly language?: string;
  readonly code: readonly TextFile[];
  readonly written: readonly TextFile[];
  readonly attachments: readonly Attachment[];
  readonly results: readonly ResultFile[];
  /** Absent: the homework has no such rules, or all are kept. */
  readonly brokenRules?: readonly BrokenRule[];
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
