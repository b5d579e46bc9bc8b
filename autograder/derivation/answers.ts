/** What the chains give as answers to the formulas a task asks for. */
import { formNamed, isAccepted, whyForPerson } from './asked.ts';
import type { Chain, Node } from './chain.ts';
import { type Expression, partsOf } from './expression.ts';
import type { Checker } from './lines.ts';
import type { Answer, AnswerForm } from './task.ts';

export interface AnswerResult {
  readonly answer: Answer;
  readonly state: 'right' | 'for a person' | 'wrong' | 'open';
  /** Why for a person. */
  readonly why: string | undefined;
}

/** The best of what is given; a right answer beside a wrong one is settled by the false line it makes. */
export function judgeAnswer(answer: Answer, chains: readonly Chain[], checker: Checker): AnswerResult {
  const states = chains.flatMap((chain) => given(chain, answer, checker)).map(({ node, form }): Omit<AnswerResult, 'answer'> => {
    if (isAccepted(node.content.line.values, form, checker)) return { state: 'right', why: undefined };
    const why = whyForPerson(node.content.line.values, answer, checker);
    return { state: why === undefined ? 'wrong' : 'for a person', why };
  });
  const best = (['right', 'for a person', 'wrong'] as const).flatMap((state) => states.filter((one) => one.state === state))[0];
  return { answer, ...(best ?? { state: 'open', why: undefined }) };
}

type Read = Node & { readonly content: { readonly kind: 'read' } };

/** The last formula of a chain that says what is asked for without its name; a chain that begins with a name answers that. */
function given(chain: Chain, answer: Answer, checker: Checker): readonly { readonly node: Read; readonly form: AnswerForm }[] {
  const sound: Read[] = [];
  for (const node of chain) {
    if (node.content.kind !== 'read' || node.step?.kind === 'false' || node.step?.kind === 'unknown') break;
    sound.push({ ...node, content: node.content });
  }
  const [first] = sound;
  const named = first === undefined ? undefined : formNamed(first.content.line.expression, checker.task);
  const form = named ?? answer.forms[0];
  const node = sound.findLast(({ content }) => isClosed(content.line.expression));
  return node === undefined || form === undefined || !answer.forms.includes(form) ? [] : [{ node, form }];
}

/** Free of the task's own names: what is asked for is to be said, not called. */
function isClosed(expression: Expression): boolean {
  if (expression.kind === 'applied') return false;
  if (expression.kind === 'defined' && expression.definition.isLocal !== true) return false;
  return partsOf(expression).every(isClosed);
}
