/** Pictures in reports: put into the page itself, and spoken of by their captions. */
import type { TaskResult } from '../../contract/outcome.ts';
import { onOneLine } from './visible-text.ts';

export interface FigureView {
  readonly caption: string;
  /** A picture in base64, which holds no character that means something in HTML but +, / and =. */
  readonly png: string;
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function viewFigures(figures: TaskResult['figures'] = []): readonly FigureView[] {
  return figures.filter(({ png }) => BASE64.test(png)).map(({ caption, png }) => ({ caption: onOneLine(caption), png }));
}
