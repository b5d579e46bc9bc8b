/** The class report for staff: a single HTML file that needs nothing else and runs nothing. */
import type { SubmissionResult } from '../../contract/result.ts';
import { pageOf } from './html.ts';
import { classBody, classPartials } from './class-template.ts';
import { type ClassMeta, type ClassView, viewClass } from './class-view.ts';

export type { ClassMeta };

const draw = pageOf<ClassView>(classBody, classPartials);

/** Student pages are linked as `../students/<id>.html`, so this page stands in a folder beside theirs. */
export function classPage(results: readonly SubmissionResult[], meta: ClassMeta): string {
  return draw(viewClass(results, meta));
}
