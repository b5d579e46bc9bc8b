/** Trains a small model with the student's loss, within one task's budget of its own. Nothing it prints is shown. */
import type { Question } from '../contract/question.ts';
import type { Ending, Reply } from '../contract/reply.ts';
import { Session } from './session/session.ts';

export async function askTraining(question: Question, session: Session | Ending): Promise<Reply> {
  if (!(session instanceof Session)) return { kind: 'ended', ending: session };
  session.startTask();
  return session.ask(question);
}
