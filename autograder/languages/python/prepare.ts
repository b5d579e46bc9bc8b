/** Makes each file of a Python hand-in loadable by itself: modules as they are, for the child compiles them; notebooks as modules. */
import type { TextFile } from '../../../contract/submission.ts';
import type { PreparedCode } from '../adapter.ts';
import { type Cell, codeCells, isNotebook } from './notebook.ts';

/** The child takes a text that begins so for the cells of a notebook, each of which may fail by itself. */
const CELLS = '# cells of a notebook: ';

export function prepareFiles(files: readonly TextFile[]): Promise<PreparedCode> {
  const prepared = files.map(({ path, text }) => {
    if (!isNotebook(path)) return { path, code: text };
    const cells = cellsOf(text);
    return typeof cells === 'string' ? { path, broken: `${path} ${cells}` } : { path, code: CELLS + JSON.stringify(cells) };
  });
  // Nothing is moved, so every line stands where the student sees it; in a notebook, in its cell.
  return Promise.resolve({ files: prepared, locate: (_, line, column) => ({ line, column }) });
}

function cellsOf(text: string): readonly Cell[] | string {
  try {
    return codeCells(text);
  } catch {
    return 'is not a notebook: it cannot be read as one. Save it again, and hand in the .ipynb file itself';
  }
}
