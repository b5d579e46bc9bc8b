/**
 * Which row of a gradebook is whose. A mark in the wrong row is worse than no export, so every id must
 * fit exactly one row and every row at most one id; what does not is named and nothing is written.
 */

/** What is known of a student's mark. */
export interface StudentMark {
  readonly id: string;
  /** The number under which the system gave out the hand-in, where no other student's is the same. */
  readonly number?: string;
  /** Null while something is awaited or not gradable. */
  readonly final: number | null;
  /** What the assignment is out of, bonus apart. */
  readonly points: number;
}

/** A row of the gradebook that belongs to a student. */
export interface StudentLine {
  /** Its place among the rows of the sheet. */
  readonly at: number;
  /** How the gradebook calls the student, for sentences. */
  readonly label: string;
  /** Whatever identifies the student, in the order in which the system looks. */
  readonly ids: readonly string[];
  /** The system's own number of the student. */
  readonly number: string;
}

export interface Matched {
  readonly pairs: readonly { readonly mark: StudentMark; readonly line: StudentLine }[];
  /** Students of the gradebook who have no result. */
  readonly withoutResult: readonly StudentLine[];
  readonly problems: readonly string[];
}

export function matchRows(marks: readonly StudentMark[], lines: readonly StudentLine[]): Matched {
  const byId = new Map<string, Set<StudentLine>>();
  for (const line of lines) {
    for (const id of line.ids.map(sameId).filter((key) => key !== '')) byId.set(id, (byId.get(id) ?? new Set()).add(line));
  }
  const owners = new Map<StudentLine, StudentMark[]>();
  const problems: string[] = [];
  // A roster may know students by an id that the system never heard of; the download had the system's own.
  const byNumber = (number: string): readonly StudentLine[] => lines.filter((line) => line.number === number);
  for (const mark of marks) {
    const [line, ...others] = byId.get(sameId(mark.id)) ?? (mark.number === undefined ? [] : byNumber(mark.number));
    if (line === undefined) problems.push(`${mark.id} is in no row.`);
    else if (others.length > 0) problems.push(`${mark.id} fits several rows: ${[line, ...others].map(({ label }) => label).join('; ')}.`);
    else owners.set(line, [...(owners.get(line) ?? []), mark]);
  }
  for (const [line, rivals] of owners) {
    if (rivals.length > 1) problems.push(`${line.label} would get the marks of ${rivals.map(({ id }) => id).join(' and ')}.`);
  }
  return {
    pairs: [...owners].flatMap(([line, [mark]]) => (mark === undefined ? [] : [{ mark, line }])),
    withoutResult: lines.filter((line) => !owners.has(line)),
    problems,
  };
}

/** Ids are the same whatever their case and however their accents are stored. */
function sameId(id: string): string {
  return id.trim().normalize('NFC').toLowerCase();
}
