/** Notebooks as Jupyter writes them: cells with outputs and counters. */

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly metadata: object;
  readonly source: readonly string[];
}

export function code(text: string): Cell {
  return { cell_type: 'code', metadata: {}, source: lines(text), ...{ execution_count: 1, outputs: [{ output_type: 'stream', name: 'stdout', text: ['as it was when it ran\n'] }] } };
}

export function words(text: string): Cell {
  return { cell_type: 'markdown', metadata: {}, source: lines(text) };
}

export function notebook(cells: readonly Cell[]): string {
  return JSON.stringify({ cells, metadata: { kernelspec: { name: 'python3' } }, nbformat: 4, nbformat_minor: 5 });
}

/** Each with its line end, but the last. */
function lines(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
