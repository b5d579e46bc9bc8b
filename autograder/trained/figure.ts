/** The picture of a grid as it was handed in: found, read and taken apart. */
import type { Attachment, Submission } from '../../contract/submission.ts';
import type { FigureTask } from '../../contract/task.ts';
import { isPictureNamed } from '../../contract/rubric.ts';
import { tilesOf } from './grid.ts';
import { type Picture, readPng } from './png.ts';

export type Figure =
  | { readonly kind: 'grid'; readonly picture: Picture; readonly tiles: readonly Uint8Array[]; readonly attachments: readonly Attachment[] }
  /** A person looks at it: the sentence says why the machine does not. */
  | { readonly kind: 'for-a-person'; readonly why: string; readonly picture: Picture | null; readonly attachments: readonly Attachment[] }
  | { readonly kind: 'none' };

/** Most courses collect pictures in a PDF, or under names of their own: then a person must look. */
const PICTURE_OR_PDF = /\.(pdf|png|jpe?g)$/i;

/** @param taken the pictures that tasks ask for by name. */
export function readFigure(task: FigureTask, { results, attachments }: Submission, taken: readonly string[]): Figure {
  const { grid } = task;
  const file = results.find(({ path }) => path === task.picture);
  if (file === undefined) {
    const others = attachments.filter(({ name }) => PICTURE_OR_PDF.test(name) && !taken.some((asked) => asked !== task.picture && isPictureNamed(name, asked)));
    if (others.length === 0) return { kind: 'none' };
    return { kind: 'for-a-person', why: `A person marks this from ${others.map(({ name }) => name).join(', ')}.`, picture: null, attachments: others };
  }
  const own = attachments.filter(({ name }) => name === task.picture);
  if (file.content.kind === 'unread') return forPerson(`${task.picture} ${file.content.problem}, so a person looks at it.`, null, own);
  const reading = readPng(file.content.bytes);
  if (reading.kind === 'unread') return forPerson(`${task.picture} could not be read: ${reading.reason}. A person looks at it.`, null, own);
  const { picture } = reading;
  const tiles = tilesOf(picture, grid);
  if (tiles !== null) return { kind: 'grid', picture, tiles, attachments: own };
  const size = `${grid.rows} x ${grid.columns} pictures of ${grid.width} x ${grid.height} pixels, side by side, make ${grid.columns * grid.width} x ${grid.rows * grid.height}`;
  return forPerson(`${task.picture} is ${picture.width} x ${picture.height} pixels; ${size}. So a person looks at it.`, picture, own);
}

function forPerson(why: string, picture: Picture | null, attachments: readonly Attachment[]): Figure {
  return { kind: 'for-a-person', why, picture, attachments };
}
