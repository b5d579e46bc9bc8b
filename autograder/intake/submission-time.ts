/**
 * When a hand-in came, as a course system says or writes into names. A time without an offset is one of the course's
 * clock. A name can be the student's own choice, so names are only asked where a term says that they can be believed.
 */

/** `hw4_jd1234_attempt_2020-11-13-23-54-07_doe.zip`, `jd1234 2020-11-13T23:54.zip`, `20201113_235407_jd1234.zip` */
const IN_NAME = /(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)[-_. T](\d\d)([-_.:h]?)(\d\d)(?:\6(\d\d))?(Z)?(?!\d)/;

/** Null where there is none, and where there are several that differ: nobody could say which one counts. */
export function timeInName(name: string): string | null {
  const found = [...name.matchAll(new RegExp(IN_NAME, 'g'))].flatMap(([, year, , month, day, hour, , minute, second = '00', utc = '']) => {
    const time = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    return isOnCalendar(time) ? [`${time}${utc}`] : [];
  });
  const [first] = found;
  return first !== undefined && found.every((time) => time === first) ? first : null;
}

/** 31 February is a number, and no time. */
function isOnCalendar(time: string): boolean {
  const date = new Date(`${time}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(time);
}

/** `2025-11-03 23:58:11.123456000 Z`, as Gradescope writes it; null where it is no instant. */
export function instantOf(text: string): string | null {
  const [, date, time, offset] = /^'?(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)'?$/.exec(text.trim()) ?? [];
  return date === undefined ? null : `${date}T${time}${offset === 'UTC' ? 'Z' : offset}`;
}
