/** Pictures in reports: put into the page itself, and spoken of by their captions. */
import type { TaskResult } from '../../contract/outcome.ts';
import { onOneLine } from './visible-text.ts';

export interface FigureView {
  readonly caption: string;
  /** A picture in base64: see visible-text.ts for what is let through. */
  readonly png: string;
}

export function viewFigures(figures: TaskResult['figures'] = []): readonly FigureView[] {
  return figures.filter(({ png }) => png !== '').map(({ caption, png }) => ({ caption: onOneLine(caption), png }));
}
