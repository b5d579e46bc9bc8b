/**
 * The Python that runs hand-ins: the first that has PyTorch and NumPy. Which files a box needs for it is not
 * worked out but seen: it imports what the child imports, and says what was opened.
 */
import { execFileSync } from 'node:child_process';
import { parser, type Static, Type } from '../../../contract/schema.ts';

const strict = { additionalProperties: false } as const;

const Python = Type.Object(
  {
    program: Type.String(),
    version: Type.String(),
    /** Where its own library lies. */
    home: Type.String(),
    /** Folders in which PyTorch and NumPy were found. */
    packages: Type.Array(Type.String()),
    torch: Type.String(),
  },
  strict,
);
export type Python = Static<typeof Python>;

const parsePython = parser('what Python says of itself', Python);
const parsePlaces = parser('what Python says it opened', Type.Array(Type.String()));

/** Names another Python than the first on the path that has PyTorch. */
export const PYTHON_SWITCH = 'ELBOW_PYTHON';

/** Distributions put PyTorch beside their own Python, and another is often first on the path. */
const CANDIDATES = ['python3', '/usr/bin/python3', 'python'];

const SECONDS = 1000;

let known: Python | null | undefined;

/** Null where none has PyTorch; looked for once. */
export function findPython(): Python | null {
  if (known !== undefined) return known;
  const chosen = process.env[PYTHON_SWITCH];
  const candidates = chosen === undefined || chosen === '' ? CANDIDATES : [chosen];
  known = null;
  for (const candidate of candidates) known ??= ask(candidate);
  return known;
}

let places: readonly string[] | null = null;

/** Files and folders that Python and PyTorch are made of: for a box, in which nothing else is. */
export function placesOf(python: Python): readonly string[] {
  places ??= parsePlaces(JSON.parse(run(python.program, WHAT_IS_OPENED, environmentOf(python), 120)));
  return places;
}

/** All there is of an environment: what is not stated here does not reach the child. */
export function environmentOf({ home, packages }: Python): Readonly<Record<string, string>> {
  return {
    PYTHONHOME: home,
    PYTHONPATH: packages.join(':'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONNOUSERSITE: '1',
    PYTHONUTF8: '1',
    // Names of attributes come in the same order in every run.
    PYTHONHASHSEED: '0',
    // One thread: a class is graded side by side, and sums do not depend on how they were split.
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    // The same instructions on every processor, and so the same numbers.
    ATEN_CPU_CAPABILITY: 'default',
  };
}

function ask(candidate: string): Python | null {
  try {
    return parsePython(JSON.parse(run(candidate, WHAT_IT_IS, undefined, 30)));
  } catch {
    return null;
  }
}

function run(program: string, script: string, environment: Readonly<Record<string, string>> | undefined, seconds: number): string {
  return execFileSync(program, ['-s', '-c', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: seconds * SECONDS,
    cwd: '/',
    ...(environment === undefined ? {} : { env: environment }),
  });
}

/** Without importing PyTorch, which takes a second. */
const WHAT_IT_IS = `
import importlib.util, json, os, sys
found = [importlib.util.find_spec(name) for name in ('torch', 'numpy')]
if None in found or sys.version_info < (3, 9):
    sys.exit(1)
folders = [os.path.dirname(os.path.dirname(spec.origin)) for spec in found]
version = os.path.join(os.path.dirname(found[0].origin), 'version.py')
names = {}
exec(open(version).read(), names)
print(json.dumps({
    'program': os.path.realpath(sys.executable), 'version': sys.version.split()[0], 'home': sys.base_prefix,
    'packages': list(dict.fromkeys(folders)), 'torch': str(names.get('__version__', 'of unknown version')),
}))
`;

/**
 * The library of Python, every package that was imported, what PyTorch and NumPy declare that they need (they import some
 * of it only when a function is first called), and every library that was mapped and lies elsewhere.
 */
const WHAT_IS_OPENED = `
import bz2, ctypes, hashlib, importlib.metadata, importlib.util, json, lzma, os, re, sys, sysconfig, uuid, zlib
import numpy, torch, torch.distributions, torch.utils.data
from torch.utils._python_dispatch import TorchDispatchMode
folders = {sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib')}
def is_inside(path):
    return any(path == folder or path.startswith(folder + '/') for folder in folders)
for name, module in sorted(sys.modules.items()):
    file = getattr(module, '__file__', None)
    if '.' in name or not file or is_inside(os.path.abspath(file)):
        continue
    file = os.path.abspath(file)
    folders.add(os.path.dirname(file) if os.path.basename(file).startswith('__init__.') else file)
# Requirements of requirements too; what is only for a GPU is libraries, and those that are mapped are seen below.
asked, waiting = set(), ['torch', 'numpy']
while waiting:
    distribution = waiting.pop()
    if distribution in asked or re.match('nvidia|cuda|triton', distribution):
        continue
    asked.add(distribution)
    try:
        found = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        continue
    waiting += [re.match('[A-Za-z0-9._-]+', line).group().lower() for line in found.requires or [] if 'extra ==' not in line]
    for name in {str(file).split('/')[0] for file in found.files or [] if str(file).endswith('.py')}:
        spec = importlib.util.find_spec(name[:-3] if name.endswith('.py') else name) if re.fullmatch('[A-Za-z_][A-Za-z0-9_]*([.]py)?', name) else None
        if spec is not None and spec.origin and os.path.isfile(spec.origin) and not is_inside(spec.origin):
            folders.add(os.path.dirname(spec.origin) if os.path.basename(spec.origin) == '__init__.py' else spec.origin)
# Of each library the name by which the loader found it: in the box there is no cache that would lead from another.
class Library(ctypes.Structure):
    _fields_ = [('address', ctypes.c_void_p), ('name', ctypes.c_char_p)]
libraries = set()
@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(Library), ctypes.c_size_t, ctypes.c_void_p)
def heard(library, size, data):
    name = os.fsdecode(library.contents.name or b'')
    while name.startswith('/'):
        if not is_inside(name):
            libraries.add(name)
        # And whatever lies between a link and its file.
        name = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))
        if not is_inside(name):
            libraries.add(name)
        name = os.path.normpath(os.path.join(os.path.dirname(name), os.readlink(name))) if os.path.islink(name) else ''
    return 0
ctypes.CDLL(None).dl_iterate_phdr(heard, None)
# A mount takes longer the more there are: a folder with many of the libraries is one instead of hundreds.
together = {}
for library in libraries:
    together.setdefault(os.path.dirname(library), []).append(library)
everything = ('/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib')
folders |= {folder for folder, inside in together.items() if len(inside) > 3 and folder not in everything}
outer = [folder for folder in sorted(folders) if not any(folder.startswith(other + '/') for other in folders)]
print(json.dumps(outer + sorted(library for library in libraries if not is_inside(library))))
`;
