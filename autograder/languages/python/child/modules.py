"""
The hand-in's own module system: its files arrive as texts, and `import` finds them by every name under which
courses import them (`from codebase import utils`, `from submission.models import vae`, `from .. import utils`,
`import utils`): each file is one module, whatever it is called. Runs beside student code: the box around the
process is what keeps secrets, this only gives clear errors.
"""
import importlib.abc
import importlib.machinery
import re
import sys
import types

from elbow_child.cells import is_notebook, run_cells
from elbow_child.stand_ins import is_inert
from elbow_child.thrown import PREFIX
from elbow_child.unanswered import parsed

ENDING = '.py'
NOTEBOOK = '.ipynb'
PACKAGE = '__init__'
# Of given files: what stands in them is no line of the student's own.
GIVEN = 'given:///'
PROVIDED = 'numpy, torch, Python’s own modules and your own files'


class ModuleError(ModuleNotFoundError):
    """A file of the hand-in that cannot be loaded, for a reason worth showing."""


class Modules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """`root` is the name of the package that the hand-in's folder is; `supplied` maps a path to right functions by name."""

    def __init__(self, files, originals=(), supplied=None, root='submission', prefix=PREFIX):
        self._files = {file['path']: file for file in files}
        self._originals = {file['path']: file for file in originals}
        self._supplied = supplied or {}
        self._root, self._prefix = root, prefix
        self._paths = {*self._files, *self._originals, *self._supplied}
        self._folders = folders_of(self._paths)
        self._by_name = {self._name_of(path): path for path in self._paths}
        self._texts = '\n'.join(file.get('code', '') for file in files)
        self._loaded = {}
        # What a file raised that could not be loaded, but is needed for the given helpers in it.
        self.failures = {}
        self._trusted = {name.partition('.')[0] for name in sys.modules} | set(getattr(sys, 'stdlib_module_names', ()))
        self._stand_ins = {}
        sys.meta_path.insert(0, self)

    def add_stand_in(self, part, module):
        """A module of ours in the place of every one below that name: `nns` for `codebase.models.nns.v1`."""
        self._stand_ins[part] = module

    def has(self, path):
        return path in self._paths

    def load(self, path):
        """The module of a file. @raises whatever it raises while it loads, or ModuleError."""
        return self._instance(self._name_of(path))

    # What Python's import system asks for.

    def find_spec(self, name, path=None, target=None):
        top = name.partition('.')[0]
        if top in self._trusted:
            return None
        importer = student_importer(self._prefix)
        # What a library imports is its own affair: its `.utils` are not the student's.
        if importer is None and top != self._root:
            return None
        if self._stand_in(name) is None and self._place(name) is None:
            # Plots and progress bars are found later, by what stands in for them.
            if importer is None or is_inert(name):
                return None
            raise ModuleError(self._absent(name, importer))
        return importlib.machinery.ModuleSpec(name, self, is_package=self._is_package(name))

    def create_module(self, spec):
        stand_in = self._stand_in(spec.name)
        if stand_in is not None:
            return stand_in
        place = self._place(spec.name)
        # One module a file, by whichever name it was imported first.
        return self._instance(place) if place != spec.name else types.ModuleType(spec.name)

    def exec_module(self, module):
        name = module.__spec__.name
        # Import has made the name it was asked for the module's own; relative imports need the real one.
        if module in self._stand_ins.values() or self._place(name) != name:
            self._rename(module)
            return
        try:
            self._execute(module, self._path_of(name))
        except BaseException:
            self._loaded.pop(name, None)
            raise

    def _instance(self, name):
        found = self._loaded.get(name)
        if found is None:
            importlib.import_module(name)
            found = self._loaded.get(name) or sys.modules[name]
        return found

    def _rename(self, module):
        for name, known in self._loaded.items():
            if known is module:
                module.__spec__ = importlib.machinery.ModuleSpec(name, self, is_package=self._is_package(name))

    def _execute(self, module, path):
        self._loaded[module.__name__] = module
        if path is None:
            return
        own, original, right = self._files.get(path), self._originals.get(path), self._supplied.get(path)
        failure = self._run_own(module, own, tolerant=original is not None or right is not None)
        # A given helper: the original wins over an edited copy, what a student added beside it still works.
        if original is not None:
            scope = types.ModuleType(module.__name__)
            scope.__package__, scope.__file__ = module.__package__, GIVEN + path
            self._run(original, scope, GIVEN)
            replace(module, {name: value for name, value in vars(scope).items() if not name.startswith('__')})
        if right is not None:
            replace_functions(module, right)
        if failure is not None:
            self.failures[path] = failure
            explain_absence(module, failure)

    def _run_own(self, module, file, tolerant):
        if file is None:
            return None
        module.__file__ = self._prefix + file['path']
        try:
            self._run(file, module)
        except Exception as error:
            if not tolerant:
                raise
            return error
        return None

    def _run(self, file, scope, prefix=None):
        if not is_notebook(file.get('code', '')):
            exec(compiled(file, prefix or self._prefix), scope.__dict__)
            return
        failures = run_cells(file['code'], self._prefix + file['path'], scope.__dict__, sys.stdout.write)
        # What no cell that failed would have defined is not missing because of one.
        if failures:
            self.failures.update({(file['path'], name): error for name, error in failures.items()})

    def _place(self, name):
        """The module's one name, where the hand-in holds a file or a folder for it."""
        parts = name.split('.')
        if name in self._by_name or parts[0] == self._root and (len(parts) == 1 or self._holds(parts[1:])):
            return name
        # Courses know the folder of the code by several names, and some put it on the path: what comes after counts.
        for start in range(len(parts)):
            for folder in self._folders:
                if self._holds([*folder, *parts[start:]]):
                    return '.'.join([self._root, *folder, *parts[start:]])
        return self._root if self._means_root(name) else None

    def _holds(self, parts):
        stem = '/'.join(parts)
        return stem + ENDING in self._paths or stem + NOTEBOOK in self._paths or any(path.startswith(stem + '/') for path in self._paths)

    def _means_root(self, name):
        """`codebase`, where the texts import something from it that lies in the hand-in."""
        tops = {path.split('/')[0].removesuffix(ENDING) for path in self._paths}
        start = re.escape(name)
        chains = re.findall(r'\b%s((?:\.\w+)+)' % start, self._texts)
        lists = re.findall(r'\bfrom\s+%s(?:\.\w+)*\s+import\s+([^\n]+)' % start, self._texts)
        words = {word for text in [*chains, *lists] for word in re.findall(r'\w+', text)}
        return bool(words & tops)

    def _path_of(self, name):
        if name in self._by_name:
            return self._by_name[name]
        parts = name.split('.')[1:]
        stem = '/'.join(parts)
        candidates = [stem + ENDING, stem + NOTEBOOK, '/'.join([*parts, PACKAGE + ENDING])]
        return next((path for path in candidates if path in self._paths), None)

    def _name_of(self, path):
        stem = path.removesuffix(ENDING).removesuffix(NOTEBOOK)
        if path.endswith(NOTEBOOK) and stem + ENDING in self._paths:
            # Beside a script of the same name, which has that name.
            stem += '_notebook'
        # A dot would make a package of what comes before it.
        parts = stem.replace('.', '_').split('/')
        return '.'.join([self._root, *(parts[:-1] if parts[-1] == PACKAGE else parts)])

    def _is_package(self, name):
        stand_in = self._stand_in(name)
        if stand_in is not None:
            return True
        place = self._place(name)
        if place in self._by_name:
            return self._by_name[place].endswith(PACKAGE + ENDING)
        stem = '/'.join((place or '').split('.')[1:])
        return stem == '' or not {stem + ENDING, stem + NOTEBOOK} & self._paths

    def _stand_in(self, name):
        parts = name.split('.')
        return next((module for part, module in self._stand_ins.items() if part in parts), None)

    def _absent(self, name, importer):
        if name.partition('.')[0] == self._root or self._place(name.partition('.')[0]) is not None:
            shown = name.partition('.')[2] if name.partition('.')[0] == self._root else name
            return '\'%s\' (imported by %s) is not in the hand-in' % (shown, importer)
        return '\'%s\' is not available here: import only %s' % (name, PROVIDED)


def folders_of(paths):
    """Every folder as the names that lead to it, the hand-in's own (no name) first."""
    folders = {tuple(path.split('/')[:depth]) for path in paths for depth in range(path.count('/') + 1)}
    return sorted(folders, key=lambda names: (len(names), names))


def text_or_tree(code, name):
    """The text itself, and a tree only where empty bodies had to be filled: of a text errors are told better."""
    try:
        compile(code, name, 'exec', dont_inherit=True)
    except IndentationError:
        return parsed(code, name)
    except (SyntaxError, ValueError):
        pass
    return code


def compiled(file, prefix):
    path = file['path']
    if 'code' not in file:
        raise ModuleError(file.get('broken', '%s could not be read' % path))
    try:
        return compile(text_or_tree(file['code'], prefix + path), prefix + path, 'exec', dont_inherit=True)
    except SyntaxError as error:
        line = (error.text or '').strip()[:200]
        place = '%s:%d:%d' % (path, error.lineno or 0, error.offset or 0)
        raise ModuleError('%s does not compile: %s (%s)%s' % (path, error.msg, place, '\n    ' + line if line else '')) from None
    except ValueError as error:
        raise ModuleError('%s does not compile: %s' % (path, error)) from None


def replace(module, names):
    # Functions of one file call each other by their names in it, so these are set as well.
    module.__dict__.update(names)


def replace_functions(module, functions):
    """Functions of the module, and methods of its classes: `VAE.loss` is called with the object first, and needs none."""
    for name, function in functions.items():
        owner, _, method = name.rpartition('.')
        if owner == '':
            replace(module, {name: function})
        elif isinstance(module.__dict__.get(owner), type):
            setattr(module.__dict__[owner], method, as_method(function))


def as_method(function):
    return lambda _, *values, **named: function(*values, **named)


def explain_absence(module, failure):
    """Whoever asks for what a file that failed should have had is told why it failed."""

    def missing(name):
        if name.startswith('__'):
            raise AttributeError(name)
        raise failure

    module.__dict__['__getattr__'] = missing


def student_importer(prefix):
    """The file of the hand-in whose import statement runs, or None where the library's own does."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(prefix):
            return name[len(prefix):]
        if not name.startswith('<frozen importlib') and name != __file__ and 'importlib' not in name:
            return None
        frame = frame.f_back
    return None
