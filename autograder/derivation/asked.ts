/** A formula that is asked for by a name: CELBO, Ltilde. The name is worth the first accepted form, and may be given any of them. */
import type { Expression } from './expression.ts';
import { type Checker, firstDifference, isSameByDefinition, ownValues, type Values } from './lines.ts';
import type { Answer, AnswerForm, DerivationTask } from './task.ts';

/** The form that an expression names, when it is such a name and nothing else. */
export function formNamed(expression: Expression, { answers }: DerivationTask): AnswerForm | undefined {
  if (expression.kind !== 'defined' && expression.kind !== 'applied') return undefined;
  const name = expression.kind === 'defined' ? expression.definition.name : expression.applied.name;
  return answers.flatMap(({ forms }) => forms).find(({ names }) => names.includes(name));
}

export function isAccepted(values: Values, { accepts }: AnswerForm, checker: Checker): boolean {
  return accepts.some((accepted) => isSameByDefinition(values, ownValues(accepted, checker), checker));
}

/** Why only a person can judge this answer; undefined when it is plainly right or wrong. */
export function whyForPerson(values: Values, { forms }: Answer, checker: Checker): string | undefined {
  const listed = checker.task.forPerson.find(({ form }) => isSameByDefinition(values, ownValues(form, checker), checker));
  if (listed !== undefined) return listed.why;
  const [first, ...others] = forms;
  const isEqual = first?.accepts.some((accepted) => firstDifference(values, ownValues(accepted, checker), checker) === undefined) ?? false;
  if (isEqual) return 'The answer is equal to what is asked, in another form than the machine knows.';
  return others.some((form) => isAccepted(values, form, checker)) ? 'The answer is right under another name: say what it is called.' : undefined;
}

/** After a name: another accepted form, or one for a person, is no false line. */
export function answersName(left: Expression, right: Values, checker: Checker): boolean {
  const form = formNamed(left, checker.task);
  if (form === undefined) return false;
  const answer = checker.task.answers.find(({ forms }) => forms.includes(form));
  return isAccepted(right, form, checker) || (answer !== undefined && checker.task.forPerson.some((one) => isSameByDefinition(right, ownValues(one.form, checker), checker)));
}
