"""
A notebook's cells of code, run one after another in one module. A line that fails takes the rest of its cell
along, except what only defines or imports; later cells run all the same. What downloads or trains is left out:
no task asks for it, and there is nothing here to download or train on.
"""
import ast
import json
import re

from elbow_child.unanswered import MARK, parsed

DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
TRAINS = re.compile(r'^(train|fit|main|run_|evaluate|download|urlretrieve|urlopen|mount|retrieve|gdown|get_ipython|test)', re.IGNORECASE)
LEARNS = ('backward', 'step')


def is_notebook(code):
    return code.startswith(MARK)


def run_cells(code, name, scope, say):
    """Runs all cells in a scope. Returns what each failed cell raised, by the names that it would have defined."""
    failures = {}
    for cell in json.loads(code[len(MARK):]):
        place = '%s, cell %d' % (name, cell['number'])
        error = run_cell(cell['source'], place, scope)
        if error is None:
            continue
        say('%s stopped: %s: %s\n' % (place.rpartition('/')[2], type(error).__name__, str(error)[:200]))
        for defined in re.findall(r'^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*=', cell['source'], re.MULTILINE):
            failures[defined[0] or defined[1]] = error
    return failures


def run_cell(source, place, scope):
    try:
        lines = parsed(source, place).body
    except (SyntaxError, ValueError) as error:
        return error
    failed = None
    for line in lines:
        if failed is not None and not isinstance(line, DEFINES) or is_left_out(line):
            continue
        try:
            exec(compile(ast.Module([line], []), place, 'exec', dont_inherit=True), scope)
        except Exception as error:
            failed = failed or error
    return failed


def is_left_out(line):
    """Loops that learn, and calls by themselves of what trains or fetches."""
    if isinstance(line, DEFINES):
        return False
    calls = [node.func for node in ast.walk(line) if isinstance(node, ast.Call)]
    if isinstance(line, (ast.For, ast.While, ast.With)):
        return any(isinstance(call, ast.Attribute) and call.attr in LEARNS for call in calls)
    return isinstance(line, (ast.Expr, ast.Assign)) and any(TRAINS.match(call.id if isinstance(call, ast.Name) else getattr(call, 'attr', '')) for call in calls)
