/** Cuts a line into tokens. LaTeX commands and Unicode signs become the tokens of the plain language, each with its place. */
import { withoutFurniture } from './latex.ts';
import { ReadingError } from './reading-error.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
}

export interface Tokens {
  readonly list: readonly Token[];
  /** LaTeX writes products side by side; plain text must say `*`. */
  readonly isLatex: boolean;
}

const LONGEST_LINE = 4000;

/** Commands that are a sign or a name of the language; those that only space or size are nothing. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...['left', 'right', 'big', 'Big', 'bigl', 'bigr', 'Bigl', 'Bigr', 'bigg', 'Bigg', 'quad', 'qquad', 'displaystyle', 'limits', 'nonumber'].map((name) => [name, ''] as const),
  ...['log', 'exp', 'sum', 'prod', 'int', 'frac', 'sqrt', 'sigma', 'tau', 'lambda', 'mu', 'pi', 'alpha', 'beta', 'rho', 'nu', 'theta', 'phi', 'psi', 'Theta', 'Phi', 'Gamma', 'Sigma', 'epsilon', 'lim'].map((name) => [name, name] as const),
  ['ln', 'log'],
  ...['dfrac', 'tfrac'].map((name) => [name, 'frac'] as const),
  ['varphi', 'phi'],
  ['varepsilon', 'epsilon'],
  ['mid', '|'],
  ['vert', '|'],
  ['parallel', '||'],
  ...['lVert', 'rVert', 'Vert'].map((name) => [name, '||'] as const),
  ...['lvert', 'rvert'].map((name) => [name, '|'] as const),
  ['geqslant', '>='],
  ['leqslant', '<='],
  ['cdot', '*'],
  ['times', '*'],
  ['geq', '>='],
  ['ge', '>='],
  ['leq', '<='],
  ['le', '<='],
  ['sim', '~'],
  ['neq', '!='],
  ['ne', '!='],
  ['to', '->'],
  ['rightarrow', '->'],
  ['nabla', 'grad'],
  ['top', 'T'],
  ['star', '*'],
  ['ast', '*'],
  ['E', 'E'],
  ['KL', 'KL'],
  ['dots', '...'],
  ['ldots', '...'],
  ['cdots', '...'],
]);

const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '∑': 'sum', '∏': 'prod', '∫': 'int', '≥': '>=', '≤': '<=', '⩾': '>=', '⩽': '<=', 𝔼: 'E', θ: 'theta', φ: 'phi', ϕ: 'phi', ψ: 'psi', λ: 'lambda', μ: 'mu', Γ: 'Gamma', Σ: 'Sigma', '∇': 'grad', '≠': '!=', '→': '->',
    σ: 'sigma', τ: 'tau', π: 'pi', ρ: 'rho', ν: 'nu', ε: 'epsilon', '·': '*', '×': '*', '−': '-', '–': '-', '∣': '|', '‖': '||', '∥': '||', '∼': '~', '′': "'", '’': "'", '…': '...', '²': '^2', '⊤': 'T', 'ᵀ': '^T',
  }),
);

/** Letters that look like Latin ones, which no reader could tell from them. */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(Object.entries({ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', х: 'x', у: 'y', Е: 'E', К: 'K', Н: 'H', ϱ: 'p', ⅼ: 'l', ｐ: 'p', ｑ: 'q', ｘ: 'x', ｚ: 'z' }));

/** Commands that change how a name looks, not what it is; a hat or a tilde makes another name of it. */
const STYLED = /\\(?<style>mathbb|mathbf|mathcal|mathrm|mathit|boldsymbol|bm|text|textrm|operatorname|tilde|vec|hat|widehat)\s*(?:\{\s*(?:(?<braced>[A-Za-z]+'*)|(?:\\(?:mathbf|mathrm|boldsymbol|bm)\s*)?\{\s*(?<inner>[A-Za-z]+'*)\s*\})\s*\}|(?<bare>[A-Za-z]))/uy;

/** An equals sign with a plus over it: equal up to a constant. */
const UP_TO_CONSTANT = /\\(?:overset|stackrel)\s*\{\s*(?:\+|c|\\text\{c\}|\\mathrm\{c\}|\\pm)\s*\}\s*\{\s*=\s*\}/uy;

/** \frac12 and \frac1m. */
const SHORT_FRACTION = /\\[dt]?frac\s*(?<above>\d|(?<=\s)[A-Za-z])\s*(?<below>\d|[A-Za-z])(?![A-Za-z])/uy;

const PLAIN = /(?<space>\s+|\\[,;:! ]|~(?=\s*$)|&|\$)|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>[A-Za-z][A-Za-z0-9]*'*)|(?<command>\\(?:[A-Za-z]+|[|{}]))|(?<sign>\.\.\.|\.\.|\|\||>=|<=|!=|->|[-+*/^=()[\]{}|,;:_~'!])/uy;

export function tokenise(typed: string): Tokens {
  if (typed.length > LONGEST_LINE) throw new ReadingError(LONGEST_LINE, `A line may hold ${LONGEST_LINE} characters: cut it into several.`);
  const line = withoutFurniture(typed);
  const list: Token[] = [];
  let isLatex = false;
  let place = 0;
  while (place < line.length) {
    STYLED.lastIndex = place;
    const styled = STYLED.exec(line);
    if (styled !== null) {
      const { style = '', braced, inner, bare } = styled.groups ?? {};
      list.push(token(`${braced ?? inner ?? bare ?? ''}${style.endsWith('hat') ? 'hat' : style === 'tilde' ? 'tilde' : ''}`, place));
      isLatex = true;
      place += styled[0].length;
      continue;
    }
    UP_TO_CONSTANT.lastIndex = place;
    const stacked = UP_TO_CONSTANT.exec(line);
    if (stacked !== null) {
      list.push(token('=', place), token('+', place + 1));
      isLatex = true;
      place += stacked[0].length;
      continue;
    }
    SHORT_FRACTION.lastIndex = place;
    const short = SHORT_FRACTION.exec(line);
    if (short !== null) {
      const { above = '', below = '' } = short.groups ?? {};
      list.push(...['frac', '{', above, '}', '{', below, '}'].map((text) => token(text, place)));
      isLatex = true;
      place += short[0].length;
      continue;
    }
    PLAIN.lastIndex = place;
    const match = PLAIN.exec(line);
    if (match === null) {
      const character = String.fromCodePoint(line.codePointAt(place) ?? 0);
      const text = SIGNS.get(character);
      if (text === undefined) throw unknownCharacter(character, place);
      for (const part of /^\^./.test(text) ? ['^', text.slice(1)] : [text]) list.push(token(part, place));
      place += character.length;
      continue;
    }
    const { space, number, name, command } = match.groups ?? {};
    isLatex ||= command !== undefined || space === '$';
    if (number !== undefined) list.push({ kind: 'number', text: number, start: place });
    else if (name !== undefined) list.push({ kind: 'name', text: name, start: place });
    else if (command !== undefined) list.push(...commandTokens(command.slice(1), place));
    else if (space === undefined) list.push(token(match[0], place));
    place += match[0].length;
  }
  return { list: [...list, { kind: 'end', text: '', start: line.length }], isLatex };
}

function token(text: string, start: number): Token {
  return { kind: /^[A-Za-z]/.test(text) ? 'name' : /^\d/.test(text) ? 'number' : 'sign', text, start };
}

function commandTokens(command: string, start: number): readonly Token[] {
  if (command === '|') return [token('||', start)];
  if (command === '{' || command === '}') return [token(command === '{' ? '(' : ')', start)];
  const text = COMMANDS.get(command);
  if (text === undefined) throw new ReadingError(start, `I do not know the LaTeX command \\${command}. ${INSTEAD.get(command) ?? 'The plain form always works, for example E[q(z|x)](log p(x, z)).'}`);
  return text === '' ? [] : [token(text, start)];
}

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['propto', 'Equal up to a constant factor is said of logs, where the task allows it: log q(z) =+ ...'],
  ['langle', 'An expectation is typed E[q(z|x)](...) or \\mathbb{E}_{q(z|x)}[...].'],
  ['approx', 'Only relations that hold exactly are checked: =, >=, <=.'],
  ['equiv', 'Type = here.'],
  ['triangleq', 'A name is given like this: let w = p(x, z) / q(z|x).'],
]);

function unknownCharacter(character: string, start: number): ReadingError {
  const latin = LOOK_ALIKES.get(character);
  if (latin !== undefined) return new ReadingError(start, `This letter only looks like the Latin ${latin}: type ${latin} on the keyboard.`);
  const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return new ReadingError(start, `I cannot read this character (U+${code}).`);
}
