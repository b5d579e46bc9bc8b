/** Where a function on a grid crosses a level: marching squares, a straight piece in each cell that it passes. */

export type Piece = readonly [readonly [number, number], readonly [number, number]];

/** Columns and rows of values at the corners of cells; coordinates in cells, from the first column and row. */
export function contour(values: readonly (readonly number[])[], level: number): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let row = 0; row + 1 < values.length; row += 1) {
    for (let column = 0; column + 1 < (values[row]?.length ?? 0); column += 1) {
      const corners = [at(values, column, row), at(values, column + 1, row), at(values, column + 1, row + 1), at(values, column, row + 1)] as const;
      const crossings = corners.flatMap((value, corner): (readonly [number, number])[] => {
        const next = corners[(corner + 1) % 4] ?? 0;
        if (value > level === next > level) return [];
        const along = (level - value) / (next - value);
        const [x, y] = [[along, 0], [1, along], [1 - along, 1], [0, 1 - along]][corner] ?? [0, 0];
        return [[column + (x ?? 0), row + (y ?? 0)]];
      });
      // Four crossings are a saddle: either pairing of them is as good.
      for (let first = 0; first + 1 < crossings.length; first += 2) {
        const [a, b] = [crossings[first], crossings[first + 1]];
        if (a !== undefined && b !== undefined) pieces.push([a, b]);
      }
    }
  }
  return pieces;
}

function at(values: readonly (readonly number[])[], column: number, row: number): number {
  return values[row]?.[column] ?? Number.NaN;
}
