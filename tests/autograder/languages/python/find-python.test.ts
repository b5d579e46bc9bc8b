/** What a box for Python needs is seen, not listed: here it is asked another way. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { findPython, placesOf } from '../../../../autograder/languages/python/find-python.ts';

const python = findPython();

/** What the package index says that PyTorch and NumPy need without any extra, and where each is installed. */
const DECLARED = `
import importlib.metadata, json
declared = [line for name in ('torch', 'numpy') for line in importlib.metadata.requires(name) or [] if 'extra' not in line and 'nvidia' not in line and 'cuda' not in line]
files = []
for line in declared:
    name = line.replace(';', ' ').replace('(', ' ').replace('>', ' ').replace('=', ' ').replace('!', ' ').replace('<', ' ').split()[0]
    try:
        files += [str(importlib.metadata.distribution(name).locate_file(file)) for file in importlib.metadata.files(name) if str(file).endswith('.py') and str(file).count('/') < 2]
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(files))
`;

it.skipIf(python === null)('mounts PyTorch, NumPy and every package that they declare', () => {
  if (python === null) return;
  const places = placesOf(python);
  const inBox = (file: string): boolean => places.some((place) => file === place || file.startsWith(`${place}/`));
  const files: readonly string[] = JSON.parse(execFileSync(python.program, ['-c', DECLARED], { encoding: 'utf8', cwd: '/', env: { PYTHONHOME: python.home, PYTHONPATH: python.packages.join(':') } }));
  for (const folder of python.packages) expect([`${folder}/torch/__init__.py`, `${folder}/numpy/__init__.py`].some(inBox)).toBe(true);
  expect(files.filter((file) => !inBox(file) && /[.]py$/.test(file))).toEqual([]);
  // And no more than it needs: a home folder and the system's settings stay outside.
  expect(['/etc/passwd', '/root/.bashrc', '/home/someone/notes.txt', '/usr/bin/env'].filter(inBox)).toEqual([]);
});
