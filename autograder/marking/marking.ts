/** The door to what a person marks: sheets are read, matched, put into results, and extended; nothing typed is lost. */
export { applyMarks } from './apply-marks.ts';
export { parseGuidance } from './guidance.ts';
export type { MarkRow } from './mark-row.ts';
export { answersToMark, extendSheet, inSheetOrder, type SheetRow } from './marks-sheet.ts';
export { matchRows } from './match-rows.ts';
export { type MarkFile, parseMarks } from './read-marks.ts';
