/**
 * The zip that Gradescope builds its container from: the grader, the fixtures (hidden cases too, so it is for
 * staff), and the two scripts that Gradescope starts. No reference is in it: nothing there needs one.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { NAMES_FILE } from '../../contract/names.ts';
import type { Assignment } from '../../contract/rubric.ts';
import { filesBelow, inFolder, json, type Json, type KitSources, readJson, templateFolder } from './kit-files.ts';
import type { KitFile } from './public-cases.ts';

/** An ordinary user: where no box can be made, students' code runs as this one and the answers are root's. */
const NOBODY = 65534;

/** `names`: the file of a course that has its own names for the functions. */
export async function autograderFiles(assignment: Assignment, { root, fixtures }: KitSources, names: Buffer | null = null): Promise<readonly KitFile[]> {
  const { version, license, engines, type, dependencies } = await readJson(path.join(root, 'package.json'));
  const esbuild = (dependencies as Json)['esbuild'];
  const languages = Object.keys(assignment.handIn.otherLanguages ?? {});
  const files = [
    { name: 'setup.sh', bytes: Buffer.from(setupScript(languages.includes('python') ? ' python3-torch libopenblas0' : '')), executable: true },
    { name: 'run_autograder', bytes: Buffer.from(runScript(assignment, names !== null)), executable: true },
    ...inFolder('elbow', [
      // The name by which the program finds its root.
      { name: 'package.json', bytes: json({ name: 'elbow-grader', version, private: true, license, type, engines, dependencies: { esbuild } }) },
      ...(await Promise.all(PROGRAMS.map(async (name) => ({ name, bytes: await fs.readFile(path.join(root, name)) })))),
      ...(await Promise.all(languages.map(async (language) => inFolder(`dist/child/${language}`, await filesBelow(path.join(root, 'dist/child', language)))))).flat(),
      ...(names === null ? [] : [{ name: NAMES_FILE, bytes: names }]),
      ...inFolder(`fixtures/${assignment.id}`, (await filesBelow(fixtures)).filter(({ name }) => /^[\w-]+(\.[a-z]+)?\.(json|safetensors)$/.test(name))),
      ...(await Promise.all(templatesOf(assignment).map(async (folder) => inFolder(folder, await filesBelow(path.join(root, folder)))))).flat(),
    ]),
  ];
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function templatesOf(assignment: Assignment): readonly string[] {
  return [null, ...Object.keys(assignment.handIn.otherLanguages ?? {})].map((language) => `student-template/${templateFolder(assignment, language)}`);
}

const PROGRAMS = [
  'bin/elbow.mjs',
  'LICENSE',
  'dist/cli.mjs',
  'dist/judgement.json',
  ...['cpu.cjs', 'wasm.cjs', 'tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((name) => `dist/child/${name}`),
];

/** `packages`: what further languages need. */
const setupScript = (packages: string): string => `#!/usr/bin/env bash
# Gradescope runs this once, when it builds the container.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends bubblewrap util-linux curl ca-certificates xz-utils${packages}

# The container's own Node is older than elbow needs.
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20)' 2>/dev/null; then
  case "$(uname -m)" in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no Node for $(uname -m)" >&2; exit 1 ;; esac
  releases=https://nodejs.org/dist/latest-v20.x
  cd /tmp
  curl -fsSLO "$releases/SHASUMS256.txt"
  line=$(grep "linux-$arch.tar.xz" SHASUMS256.txt)
  curl -fsSLO "$releases/\${line##* }"
  echo "$line" | sha256sum -c -
  tar -xJf "\${line##* }" -C /usr/local --strip-components=1
fi

cd "$(dirname "\${BASH_SOURCE[0]}")/elbow" 2>/dev/null || cd /autograder/source/elbow
npm install --omit=dev --ignore-scripts --no-audit --no-fund
# Nobody but root reads the answers; the programs that students' code runs in are for everybody.
chmod -R go-rwx fixtures
chmod -R go+rX dist bin
`;

function runScript({ id }: Assignment, hasNames: boolean): string {
  return `#!/usr/bin/env bash
# Gradescope runs this for every submission; elbow writes results/results.json.
root=\${ELBOW_AUTOGRADER:-/autograder}
export ELBOW_BARE_USER=${NOBODY}
exec node "$root/source/elbow/bin/elbow.mjs" gradescope-run --assignment ${id} --root "$root"${hasNames ? ` --names "$root/source/elbow/${NAMES_FILE}"` : ''}
`;
}
