/**
 * What a stub does until it is filled in: it says which question is still open.
 *
 * The second argument changes nothing. It lists what the function has in hand, so that an editor
 * offers those names and none of them is reported as unused while the stub is still empty.
 */
export function unanswered(question: string, _inHand?: Readonly<Record<string, unknown>>): never {
  const error = new Error(`${question} has not been answered yet`);
  // The grader looks at this name to tell an open question from a mistake.
  error.name = 'UnansweredError';
  throw error;
}
