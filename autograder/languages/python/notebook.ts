/**
 * The code cells of a notebook as one module. Whatever is no Python (magics, shell lines) is taken out; a cell
 * that fails takes only itself along, as in a notebook, so the definitions of later cells still load; cells
 * that download or train are not run. Lines are counted as in the notebook: cell by cell.
 */
import { parser, Type } from '../../../contract/schema.ts';

const Cells = Type.Object({
  cells: Type.Array(Type.Object({ cell_type: Type.String(), source: Type.Union([Type.String(), Type.Array(Type.String())]) })),
});

const parseNotebook = parser('the notebook', Cells);

export interface Cell {
  /** Counted from 1 among the cells of code. */
  readonly number: number;
  readonly source: string;
}

export function isNotebook(path: string): boolean {
  return path.endsWith('.ipynb');
}

/** @throws with words for the student where this is no notebook. */
export function codeCells(text: string): readonly Cell[] {
  const { cells } = parseNotebook(JSON.parse(text));
  return cells
    .filter((cell) => cell.cell_type === 'code')
    .map(({ source }, index) => ({ number: index + 1, source: withoutMagics(typeof source === 'string' ? source : source.join('')) }));
}

/** In the place of what is left out stands as much nothing, so that lines keep their numbers. */
function withoutMagics(source: string): string {
  // `%%bash` and its like make the whole cell something else; `%%time` and `%%capture` do not.
  const first = /^\s*%%(\w+)/.exec(source)?.[1];
  if (first !== undefined && !['time', 'timeit', 'capture', 'prun'].includes(first)) return '';
  return source.replace(/^([ \t]*)(?:[%!?].*|\w[\w.]*\?{1,2}[ \t]*)$/gm, '$1pass').replace(/^([ \t]*\w+[ \t]*=[ \t]*)[%!].*$/gm, '$1None');
}
