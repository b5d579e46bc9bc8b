/**
 * Finds the answer to a written task in the hand-in. What stands in the template is not the student's:
 * an answer is what remains of the section without the template's own lines and its placeholder.
 */
import { isPictureNamed } from '../contract/rubric.ts';
import type { Attachment, Submission, TextFile } from '../contract/submission.ts';
import type { WrittenTask } from '../contract/task.ts';

export type WrittenAnswer =
  /** `pictures`: plots and PDFs that an answer about plots is read with. */
  | { readonly kind: 'text'; readonly text: string; readonly pictures?: readonly Attachment[] }
  /** The task's heading is gone, and something stands above all others that remain: a person sees it. */
  | { readonly kind: 'unplaced'; readonly text: string }
  /** A picture or PDF that a person opens. */
  | { readonly kind: 'attachment'; readonly files: readonly Attachment[] }
  | { readonly kind: 'none' };

/** What the template leaves for the student to replace, or to leave standing above the answer. */
const PLACEHOLDER = /^\(your (answer|proof|derivation)[^)]*\)$/i;

const FENCED_BLOCK = /^```[^]*?^```$/gm;

/** `templateTexts`: the written files as the template has them. `taken`: the pictures that tasks ask for by name. */
export function findAnswer(task: Pick<WrittenTask, 'answer'>, submission: Submission, templateTexts: readonly TextFile[], taken: readonly string[] = []): WrittenAnswer {
  const text = task.answer.kind === 'text' ? textIn(submission.written, templateTexts, task.answer.file, task.answer.heading) : '';
  const isAboutPictures = task.answer.kind === 'picture' || task.answer.pictures === true;
  // Most courses collect written work as a PDF: then a person must look, and nothing is "unanswered".
  const fitting = isAboutPictures ? /\.(pdf|png|jpe?g|svg)$/i : /\.pdf$/i;
  const own = submission.attachments.filter(({ name }) => task.answer.kind === 'picture' && isPictureNamed(name, task.answer.file));
  const others = submission.attachments.filter(({ name }) => fitting.test(name) && !taken.some((asked) => isPictureNamed(name, asked)));
  const files = own.length > 0 ? own : others;
  if (text !== '') return { kind: 'text', text, ...(isAboutPictures && files.length > 0 ? { pictures: files } : {}) };
  const unplaced = task.answer.kind === 'text' && !hasHeading(submission, task.answer) ? unplacedText(submission, templateTexts, task.answer.file) : '';
  if (unplaced !== '') return { kind: 'unplaced', text: unplaced };
  return files.length > 0 ? { kind: 'attachment', files } : { kind: 'none' };
}

function textIn(written: readonly TextFile[], templateTexts: readonly TextFile[], path: string, heading: string | undefined): string {
  const template = linesOf(templateTexts, path);
  const lines = linesOf(written, path);
  // A heading of the student's own is part of the answer; only the template's headings divide the file.
  const dividers = new Set(template.filter(isHeading).map((line) => line.trim()));
  const section = (all: readonly string[]): readonly string[] => (heading === undefined ? all : sectionUnder(all, heading, dividers));
  return withoutTemplate(section(lines), section(template));
}

function withoutTemplate(lines: readonly string[], template: readonly string[]): string {
  const given = new Set(template.map((line) => line.trim()));
  return lines
    .filter((line) => line.trim() === '' || !(given.has(line.trim()) || PLACEHOLDER.test(line.trim())))
    .join('\n')
    .trim();
}

function hasHeading({ written }: Submission, { file, heading }: { readonly file: string; readonly heading?: string }): boolean {
  return heading === undefined || linesOf(written, file).some((line) => isHeading(line) && line.replace(/^#+/, '').trim() === heading);
}

/** What a student wrote above the first heading of a task: with a heading changed or deleted, an answer ends there. */
export function unplacedText({ written }: Submission, templateTexts: readonly TextFile[], path: string): string {
  const template = linesOf(templateTexts, path).map((line) => line.trim());
  // The file's own title is no place for an answer; a file without further headings is one answer.
  const places = new Set(template.filter((line) => isHeading(line) && !line.startsWith('# ')));
  if (places.size === 0) return '';
  const lines = linesOf(written, path);
  const first = lines.findIndex((line) => places.has(line.trim()));
  return withoutTemplate(lines.slice(0, first < 0 ? undefined : first), template);
}

/** A page with the template's own fenced blocks blanked: what is left keeps the lines it stands on. */
export function withoutTemplateBlocks(page: string, template: string): string {
  const blocks = withPlainLineEnds(template).match(FENCED_BLOCK) ?? [];
  return blocks.reduce((text, block) => text.replace(block, () => block.replaceAll(/[^\n]/g, '')), withPlainLineEnds(page));
}

function withPlainLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function linesOf(files: readonly TextFile[], path: string): readonly string[] {
  return files.find((file) => file.path === path)?.text.split(/\r?\n/) ?? [];
}

/** The lines below a heading, up to the next heading that divides the file. */
function sectionUnder(lines: readonly string[], heading: string, dividers: ReadonlySet<string>): readonly string[] {
  const start = lines.findIndex((line) => isHeading(line) && line.replace(/^#+/, '').trim() === heading);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => dividers.has(line.trim()));
  return rest.slice(0, end < 0 ? undefined : end);
}

function isHeading(line: string): boolean {
  return /^#{1,6}\s/.test(line);
}
