/** What a hand-in holds, whether it came as a zip or as a folder: names first, bytes only when asked for. */
import type { IntakeLimits } from './intake-limits.ts';
import { Refused } from './problems.ts';

export interface Entry {
  /** From the top of the zip or folder, with forward slashes, accents composed (NFC). */
  readonly path: string;
  /** A link is never followed; special is a pipe, a device, a socket. */
  readonly kind: 'file' | 'link' | 'special';
  /** The size it claims; `read` never gives more and refuses if it is not so. */
  readonly bytes: number;
  /** Where it lies on disk, if it does: an archive is then read from there. */
  readonly place?: string;
  readonly read: () => Promise<Buffer>;
}

export interface Listing<Found extends Entry = Entry> {
  readonly entries: readonly Found[];
  /** Skipped folders that deserve a word in the report: name -> how many files (unknown when never opened). */
  readonly skipped: ReadonlyMap<string, number | undefined>;
}

/** Folders nobody wrote by hand, skipped unread. */
const SKIPPED = new Set(['node_modules', '__MACOSX', '__pycache__', 'elbow-checker']);
/** Of these and the hidden ones, those that a student can leave out; macOS adds its own unasked. */
const TOLD = new Set(['node_modules', '.git']);

/** The folder or hidden name because of which this path is skipped; undefined when it is not. */
export function skippedBecause(path: string): string | undefined {
  return path.split('/').find((name) => name.startsWith('.') || SKIPPED.has(name));
}

/** Collects a listing under its limits, so that zip and folder count alike. */
export class ListingBuilder<Found extends Entry = Entry> {
  readonly #limits: IntakeLimits;
  readonly #entries: Found[] = [];
  readonly #skipped = new Map<string, number | undefined>();
  #seen = 0;

  constructor(limits: IntakeLimits) {
    this.#limits = limits;
  }

  add(entry: Found): void {
    this.count();
    if (this.#entries.length >= this.#limits.entries) {
      throw new Refused(
        `The hand-in holds more than ${this.#limits.entries.toLocaleString('en')} files. Hand in only what the assignment asks for, without data sets or generated pictures.`,
      );
    }
    this.#entries.push(entry);
  }

  /** A file inside a skipped folder, or such a folder that was not opened. */
  skip(because: string, opened: boolean): void {
    this.count();
    if (!TOLD.has(because)) return;
    this.#skipped.set(because, opened ? (this.#skipped.get(because) ?? 0) + 1 : undefined);
  }

  /** Whatever else there is, empty folders too: a million of them are no homework. */
  count(): void {
    this.#seen += 1;
    if (this.#seen > this.#limits.entriesInAll) {
      throw new Refused(
        `The hand-in holds more than ${this.#limits.entriesInAll.toLocaleString('en')} files. Leave out node_modules and data sets and hand in only what the assignment asks for.`,
      );
    }
  }

  listing(): Listing<Found> {
    return { entries: this.#entries, skipped: this.#skipped };
  }
}
