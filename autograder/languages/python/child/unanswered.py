"""Tells a function nobody has written yet from one that is wrong: an open question is not a mistake."""
import ast
import json
import re

# A text that begins so is the cells of a notebook, as prepare.ts makes it.
MARK = '# cells of a notebook: '

# What stubs raise. The first is the template's own.
NAMES = ('UnansweredError', 'NotImplementedError')


def reason_unanswered(error, source, function):
    """Why there is no answer, in a sentence, or None where somebody wrote one."""
    if type(error).__name__ in NAMES:
        return str(error)[:4000] or '%s has not been written yet' % function
    if isinstance(error, NameError) and source is not None:
        body = body_of(source, function)
        if body is not None and returns_nothing_it_makes(body):
            return '%s returns what nothing in it makes yet' % function.rpartition('.')[2]
    return None


def is_empty(source, function):
    """A body of `pass`, `...` or words only."""
    found = body_of(source, function)
    return found is not None and all(isinstance(line, ast.Pass) or is_words(line) for line in found.body)


def body_of(source, function):
    """In a notebook that of its last cell that has it."""
    bodies = [body_in(text, function) for text in texts_of(source)]
    return next((body for body in reversed(bodies) if body is not None), None)


def texts_of(source):
    if source is None:
        return []
    return [cell['source'] for cell in json.loads(source[len(MARK):])] if source.startswith(MARK) else [source]


def body_in(text, function):
    try:
        tree = parsed(text, 'hand-in')
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = tree
    for name in function.split('.'):
        found = next((line for line in found.body if isinstance(line, (ast.FunctionDef, ast.ClassDef)) and line.name == name), None)
        if found is None:
            return None
    return found if isinstance(found, ast.FunctionDef) else None


def returns_nothing_it_makes(function):
    """The handout's stubs end in `return nelbo, kl, rec`, with a gap where these are to be made."""
    returned = {node.id for line in ast.walk(function) if isinstance(line, ast.Return) and line.value is not None for node in ast.walk(line.value) if isinstance(node, ast.Name)}
    made = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    arguments = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
    return bool(returned) and not returned & (made | arguments)


def is_words(line):
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def parsed(text, name):
    """The syntax tree. A function of which nothing but comments was handed out has an empty body; everything else is as Python takes it."""
    try:
        return ast.parse(text, name)
    except IndentationError as error:
        filled = with_empty_bodies(text, error)
        if filled is None:
            raise
        return ast.parse(filled, name)


def with_empty_bodies(text, error):
    """Each `def` without a body gets `pass` behind its colon, so that lines keep their numbers. None where that is not what is wrong."""
    for _ in range(MOST_EMPTY):
        lines = text.split('\n')
        before = [place for place in range(min((error.lineno or 1) - 1, len(lines))) if lines[place].split('#')[0].strip() != '']
        last = before[-1] if before else 0
        code = lines[last].split('#')[0].rstrip()
        if not str(error.msg).startswith('expected an indented block') or not DEFINITION_ENDS.search(code):
            return None
        lines[last] = code + ' pass'
        text = '\n'.join(lines)
        try:
            ast.parse(text)
            return text
        except IndentationError as further:
            error = further
        except SyntaxError:
            return None
    return None


# `def f(x):`, or the end of one that goes over several lines.
DEFINITION_ENDS = re.compile(r'^\s*((async\s+)?def\s.*|[^#]*\)\s*(->.*)?):$')
MOST_EMPTY = 50
