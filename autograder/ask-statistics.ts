/** Makes the calls of a statistical case, within one task's budget of their own. Nothing they print is shown. */
import type { Question } from '../contract/question.ts';
import type { Ending, Reply } from '../contract/reply.ts';
import { Session } from './session/session.ts';

/** Until the first that does not return: the rest would cost as much and decide nothing. */
export async function askStatistics(questions: readonly Question[], session: Session | Ending): Promise<readonly Reply[]> {
  if (!(session instanceof Session)) return [{ kind: 'ended', ending: session }];
  session.startTask();
  const replies: Reply[] = [];
  for (const question of questions) {
    const reply = await session.ask(question);
    replies.push(reply);
    if (reply.kind !== 'returned') break;
  }
  return replies;
}
