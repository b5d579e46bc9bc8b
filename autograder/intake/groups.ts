/** One hand-in, several students: who works together says the roster, never the hand-in. */
import type { Student } from '../../contract/submission.ts';
import type { HandIn } from './hand-in.ts';
import type { Roster } from './roster.ts';
import { byText, folded, listed } from './safe-name.ts';

export interface SharedHandIns<Found extends HandIn> {
  readonly handIns: readonly Found[];
  /** Sentences about groups of which it is not clear whose hand-in counts. */
  readonly odd: readonly string[];
}

/** Whoever handed nothing in has the hand-in of their group, where one member alone handed in. */
export function sharedInGroups<Found extends HandIn>(handIns: readonly Found[], roster: Roster | undefined): SharedHandIns<Found> {
  const shared: Found[] = [];
  const odd: string[] = [];
  const own = new Map(handIns.map((handIn) => [folded(handIn.student.id), handIn]));
  for (const [group, members] of roster?.groups ?? new Map<string, readonly Student[]>()) {
    const givers = members.flatMap(({ id }) => own.get(folded(id)) ?? []);
    const others = members.filter(({ id }) => !own.has(folded(id)));
    const [giver, ...rivals] = givers;
    if (giver === undefined || others.length === 0) continue;
    if (rivals.length > 0) {
      odd.push(`Group ${group}: ${listed(givers.map(({ student }) => student.id))} handed in apart, so it is not clear whose counts for ${listed(others.map(({ id }) => id))}. Leave one of them in the batch.`);
      continue;
    }
    shared.push(...others.map((student) => ({ ...giver, student, note: `Handed in by ${giver.student.id} for group ${group}.` })));
  }
  return { handIns: [...handIns, ...shared], odd: odd.toSorted(byText) };
}
