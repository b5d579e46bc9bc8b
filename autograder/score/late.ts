/** How late a hand-in is, by the clock on the course's wall: days are those of its time zone, daylight saving included. */
import { Temporal } from 'temporal-polyfill';
import type { LatePolicy, Term } from '../../contract/term.ts';

export type Lateness =
  | { readonly kind: 'on-time' }
  /** `percent` of the marks there are is taken. */
  | { readonly kind: 'late'; readonly days: number; readonly percent: number }
  | { readonly kind: 'too-late'; readonly days: number }
  /** A due time is set, but nobody knows when this was handed in. */
  | { readonly kind: 'unknown' };

/** @throws RangeError for a zone or date that does not exist. */
export function dueTimeOf(term: Term, student: string): Temporal.ZonedDateTime | null {
  const local = term.extensions?.[student] ?? term.due;
  if (local === undefined) return null;
  // `Later` in both directions: a due time that the clock skips or shows twice is read in the student's favour.
  return Temporal.PlainDateTime.from(local).toZonedDateTime(term.zone ?? 'UTC', { disambiguation: 'later' });
}

/** @param submitted an instant (`2026-12-08T23:59:00Z`, with an offset), or a local time of the term's zone. */
export function submittedAt(submitted: string, zone: string): Temporal.Instant {
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(submitted)) return Temporal.Instant.from(submitted);
  return Temporal.PlainDateTime.from(submitted).toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant();
}

export function latenessOf(due: Temporal.ZonedDateTime | null, submitted: Temporal.Instant | null, policy: LatePolicy | undefined): Lateness {
  if (due === null || policy === undefined) return { kind: 'on-time' };
  if (submitted === null) return { kind: 'unknown' };
  // "23:59" lasts until 23:59:59: whoever hands in during that minute is on time.
  const lastMoment = due.with({ second: 59, millisecond: 999 }).add({ seconds: Math.round(policy.graceMinutes * 60) });
  if (Temporal.Instant.compare(submitted, lastMoment.toInstant()) <= 0) return { kind: 'on-time' };
  const days = daysBegun(lastMoment, submitted);
  if (policy.kind === 'none-accepted') return { kind: 'too-late', days };
  if (policy.cutOffDays !== undefined && days > policy.cutOffDays) return { kind: 'too-late', days };
  return { kind: 'late', days, percent: Math.min(policy.mostPercent, days * policy.percentPerDay) };
}

/** A day ends at the same time on the wall, so one is 23 or 25 hours long where the clock is changed. */
function daysBegun(from: Temporal.ZonedDateTime, until: Temporal.Instant): number {
  const elapsed = from.until(until.toZonedDateTimeISO(from.timeZoneId), { largestUnit: 'day' });
  const whole = from.add({ days: elapsed.days });
  return elapsed.days + (Temporal.Instant.compare(whole.toInstant(), until) < 0 ? 1 : 0);
}
