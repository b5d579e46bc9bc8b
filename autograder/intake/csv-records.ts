/** The rows of a CSV as spreadsheets write it: commas, semicolons or tabs, blank lines skipped, cells trimmed. */
import { CsvError, parse } from 'csv-parse/sync';
import { IntakeError } from './problems.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** @throws IntakeError naming the file. */
export function csvRecords(file: string, text: string): readonly CsvRecord[] {
  const delimiter = delimiterOf(text);
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      delimiter,
      on_record: (cells: string[], { lines }) => {
        records.push({ cells, line: lines });
        return null;
      },
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
    return records;
  } catch (error) {
    if (error instanceof CsvError) throw new IntakeError(`${file} is not a well-formed CSV: ${error.message}.`);
    throw error;
  }
}

/** As the first line has it, whose cells are plain names. */
export function delimiterOf(text: string): string {
  const firstLine = text.slice(0, text.indexOf('\n') + 1 || undefined);
  return [',', ';', '\t'].find((candidate) => firstLine.includes(candidate)) ?? ',';
}
