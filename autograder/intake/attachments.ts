/** PDFs and pictures: named for the person who marks, never opened. */

const ENDINGS = ['.pdf', '.png', '.jpg', '.jpeg'];

export function isAttachment(path: string): boolean {
  const lower = path.toLowerCase();
  return ENDINGS.some((ending) => lower.endsWith(ending));
}
