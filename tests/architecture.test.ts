/** The rules of the house that a machine can hold: who may import what, who may print, how files are called. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignments } from '../assignments/assignments.ts';
import { projectRoot } from '../autograder/paths.ts';
import { FixtureFile } from '../contract/fixture.ts';
import { tasksOf } from '../contract/rubric.ts';
import { parser } from '../contract/schema.ts';
import { recipes } from '../fixtures/recipe/recipes.ts';
import { type Import, importsOf, read, sourceFiles, topLevelFolders, withoutComments } from './source-files.ts';

const files = sourceFiles();
// Tests may import everything, and hold programs whose imports are not ours.
const imports = files.filter((file) => !file.startsWith('tests/')).flatMap(importsOf);

/** Which top-level folders a folder may import beside itself, and which packages where that is bounded. */
const LAYERS: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages?: readonly string[] }>> = {
  contract: { folders: [], packages: ['typebox', 'ajv'] },
  assignments: { folders: ['contract'], packages: [] },
  data: { folders: [], packages: ['node:crypto', 'node:fs/promises', 'node:path', 'node:util', 'node:zlib'] },
  // What the trainer and the grader of checkpoints both need; no right answers.
  training: { folders: ['contract', 'data'], packages: ['@tensorflow/tfjs'] },
  // A small network and pictures of what it does; nothing of any homework's answers.
  plots: { folders: ['data'], packages: ['fast-png'] },
  reference: { folders: [], packages: ['@tensorflow/tfjs'] },
  // Measures checkpoints with the reference's formulas: a program of its own, because the grader never holds them.
  evaluation: { folders: ['contract', 'data', 'reference', 'training', 'autograder'] },
  'student-template': { folders: [], packages: ['@tensorflow/tfjs'] },
  // Never the reference or the fixtures' recipes: the grader can be deployed without the answers' code.
  autograder: { folders: ['contract', 'assignments', 'data', 'plots', 'training'] },
  fixtures: { folders: ['contract', 'assignments', 'autograder', 'reference', 'data'] },
  bench: { folders: ['contract', 'assignments', 'reference', 'autograder', 'data', 'fixtures', 'scripts', 'training'] },
  scripts: { folders: [] },
  bin: { folders: [], packages: ['fs'] },
};

/** Which parts of the autograder each part may import; `types` of a part are types only. */
const STAGES: Readonly<Record<string, readonly string[]>> = {
  'paths.ts': [],
  'group-by.ts': [],
  'listed.ts': [],
  intake: ['group-by.ts'],
  'answer-key': [],
  sandbox: [],
  languages: ['listed.ts', 'paths.ts', 'types of sandbox'],
  session: ['sandbox'],
  compare: [],
  // Stands alone: it can be used without the rest.
  derivation: [],
  score: [],
  marking: ['intake', 'score'],
  report: ['group-by.ts', 'listed.ts'],
  export: [],
  kit: [],
  host: ['paths.ts', 'languages', 'sandbox'],
  // Its process runs a student's modules as the children do, on the student's own machine.
  trainer: ['paths.ts', 'languages'],
  'written-answers.ts': [],
  'ask-statistics.ts': ['session'],
  'ask-training.ts': ['session'],
  'grade-derivation.ts': ['derivation', 'written-answers.ts'],
  evaluator: ['paths.ts'],
  trained: ['listed.ts', 'types of evaluator', 'types of written-answers.ts'],
  'foreign-weights.ts': ['types of languages', 'types of session'],
  networks: ['session', 'compare'],
  'grade-networks.ts': ['listed.ts', 'networks', 'types of session', 'types of written-answers.ts'],
  'grade-results.ts': ['types of evaluator', 'trained', 'written-answers.ts'],
  'grade-task.ts': ['types of answer-key', 'ask-statistics.ts', 'ask-training.ts', 'compare', 'types of languages', 'session'],
  'supplied-helpers.ts': ['grade-task.ts', 'types of languages', 'listed.ts'],
  'pipeline.ts': ['types of answer-key', 'foreign-weights.ts', 'grade-derivation.ts', 'grade-networks.ts', 'grade-results.ts', 'grade-task.ts', 'types of languages', 'types of sandbox', 'score', 'session', 'supplied-helpers.ts', 'types of trained', 'written-answers.ts'],
  batch: ['intake', 'pipeline.ts', 'session'],
  commands: ['paths.ts', 'answer-key', 'batch', 'derivation', 'evaluator', 'export', 'grade-derivation.ts', 'host', 'intake', 'kit', 'languages', 'listed.ts', 'marking', 'pipeline.ts', 'report', 'sandbox', 'score', 'session', 'trainer', 'written-answers.ts'],
  'program.ts': ['answer-key', 'commands', 'intake', 'sandbox'],
  'cli.ts': ['commands', 'program.ts'],
  'student-cli.ts': ['commands', 'program.ts'],
};

/** Files that may be imported from outside their folder although they do not carry its name. */
const SIDE_DOORS: Readonly<Record<string, string>> = {
  'autograder/answer-key/certificate.ts': 'whether a fixture set may be used at all; answer-key.ts is what it holds',
  'autograder/compare/statistical.ts': 'what the power of the statistical tests is found with',
  'autograder/intake/csv-records.ts': 'how a spreadsheet’s rows are read, for marking sheets too',
  'autograder/intake/decode-text.ts': 'how bytes become text, for marking sheets too',
  'autograder/intake/problems.ts': 'what a file of the instructor’s can be refused with',
  'autograder/languages/python/find-python.ts': 'what the doctor says of Python',
  'autograder/languages/adapter.ts': 'the interface, without any language behind it',
  'autograder/sandbox/syscalls.ts': 'the numbers that the canaries try',
  'autograder/sandbox/bare.ts': 'the warning that goes with it, for every page',
  'autograder/compare/held-out-loss.ts': 'what small models are measured with, for the makers of fixtures',
  'autograder/compare/training.ts': 'how returned weights become a model again, for the same',
  'autograder/compare/ending-sentence.ts': 'why a child ended, in the same words wherever one did',
  'autograder/compare/distance.ts': 'when two answers are the same, for the makers of fixtures',
  'autograder/compare/shape.ts': 'what of a returned value is compared, for the same',
  'autograder/session/session-pool.ts': 'what a hand-in needs; session.ts is what one child needs',
  'autograder/session/warm-boxes.ts': 'what a batch needs',
};

const stageOf = (file: string): string => file.split('/')[1] ?? '';
const own = imports.filter(({ isPackage }) => !isPackage);
const shown = ({ from, to }: Import): string => `${from} -> ${to}`;
const isChild = (file: string): boolean => /^autograder\/languages\/[^/]+\/child\//.test(file);
/** The process of `elbow train`: a program of its own too, which may use what children are made of. */
const isTrainer = (file: string): boolean => file.startsWith('autograder/trainer/process/');
/** The evaluation program on native TensorFlow: of the children it takes what Node lacks. */
const isEvaluation = (file: string): boolean => file === 'evaluation/native.ts';

describe('imports between folders', () => {
  it('name files that are there', () => {
    expect(own.filter(({ to }) => !fs.existsSync(path.join(projectRoot, to))).map(shown)).toEqual([]);
  });

  const folders = [...new Set(imports.map(({ from }) => from.split('/')[0] ?? ''))];

  it.each(folders)('of %s are those that its layer may have', (folder) => {
    const layer = LAYERS[folder];
    expect(layer, `state in LAYERS what ${folder} may import`).toBeDefined();
    const mine = imports.filter(({ from }) => from.startsWith(`${folder}/`));
    const ours = mine.filter(({ to, isPackage }) => !isPackage && ![folder, ...(layer?.folders ?? [])].includes(to.split('/')[0] ?? ''));
    const packages = mine.filter(({ to, isPackage }) => isPackage && layer?.packages !== undefined && !layer.packages.includes(to));
    expect([...ours, ...packages].map(shown)).toEqual([]);
  });

  it('of the command line reach the assignments, and nobody else’s in the autograder do', () => {
    const readers = own.filter(({ from, to }) => from.startsWith('autograder/') && to.startsWith('assignments/'));
    expect(readers.filter(({ from }) => stageOf(from) !== 'commands').map(shown)).toEqual([]);
    expect(readers.filter(({ to }) => to !== 'assignments/assignments.ts').map(shown)).toEqual([]);
  });
});

describe('imports between stages', () => {
  const within = own.filter(({ from, to }) => from.startsWith('autograder/') && to.startsWith('autograder/') && stageOf(from) !== stageOf(to));

  it('are stated for every stage there is', () => {
    const stages = [...new Set(files.filter((file) => file.startsWith('autograder/')).map(stageOf))];
    expect(stages.toSorted()).toEqual(Object.keys(STAGES).toSorted());
  });

  it('are those of the table', () => {
    const allowed = ({ from, to, typesOnly }: Import): boolean => {
      const table = STAGES[stageOf(from)] ?? [];
      return table.includes(stageOf(to)) || (typesOnly && table.includes(`types of ${stageOf(to)}`));
    };
    expect(within.filter((entry) => !allowed(entry)).map(shown)).toEqual([]);
  });

  it('are all used, so that the table says no more than is true', () => {
    const used = (stage: string, other: string): boolean =>
      within.some(({ from, to }) => stageOf(from) === stage && stageOf(to) === other.replace(/^types of /, ''));
    const idle = Object.entries(STAGES).flatMap(([stage, others]) => others.filter((other) => !used(stage, other)).map((other) => `${stage}: ${other}`));
    expect(idle).toEqual([]);
  });
});

describe('doors', () => {
  it('are the only way into a folder of the autograder', () => {
    const climbs = own.filter(({ from, to }) => {
      const folder = path.posix.dirname(to);
      const isInside = from.startsWith(`${folder}/`);
      const isDoor = path.posix.basename(to, '.ts') === path.posix.basename(folder) || Object.hasOwn(SIDE_DOORS, to);
      const isCommand = /^autograder\/[\w-]+\.ts$/.test(from) && folder === 'autograder/commands';
      return to.startsWith('autograder/') && folder !== 'autograder' && !isInside && !isDoor && !isCommand;
    });
    expect(climbs.filter(({ from, to }) => !((isChild(from) || isTrainer(from) || isEvaluation(from)) && isChild(to))).map(shown)).toEqual([]);
  });

  it('beside the main ones are all in use', () => {
    expect(Object.keys(SIDE_DOORS).filter((door) => !own.some(({ from, to }) => to === door && path.posix.dirname(from) !== path.posix.dirname(door)))).toEqual([]);
  });
});

describe('child files, which run beside students’ code', () => {
  const mine = imports.filter(({ from }) => isChild(from));

  it('import the contract, each other, TensorFlow.js and Node, and nothing of the grader', () => {
    const foreign = mine.filter(({ to, isPackage }) => (isPackage ? !/^(node:|@tensorflow\/)/.test(to) : !isChild(to) && !to.startsWith('contract/')));
    expect(foreign.map(shown)).toEqual([]);
  });

  it('load nothing of the contract but the codec: schemas are start-up time', () => {
    expect(mine.filter(({ to, typesOnly }) => to.startsWith('contract/') && !typesOnly && to !== 'contract/codec.ts').map(shown)).toEqual([]);
    expect(importsOf('contract/codec.ts').filter(({ typesOnly }) => !typesOnly).map(shown)).toEqual([]);
  });

  it('are imported by nobody else', () => {
    expect(own.filter(({ from, to }) => isChild(to) && !isChild(from) && !isTrainer(from) && !isEvaluation(from)).map(shown)).toEqual([]);
  });
});

describe('printing and exiting', () => {
  it('is done by program.ts alone, and by children', () => {
    const speaking = /\b(console\.(log|error|warn|info|debug|table)|process\.(stdout|stderr|exit|exitCode|abort)\b)/;
    const speakers = files.filter((file) => file.startsWith('autograder/') && file !== 'autograder/program.ts' && !isChild(file) && !isTrainer(file));
    const lines = speakers.flatMap((file) =>
      withoutComments(read(file))
        .replaceAll(/"[^"\n]*"|'[^'\n]*'/g, "''")
        .split('\n')
        .filter((line) => speaking.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(lines).toEqual([]);
  });
});

describe('files', () => {
  it('fit on a few screens', () => {
    expect(files.filter((file) => read(file).trimEnd().split('\n').length > 300)).toEqual([]);
  });

  it('have names that say something', () => {
    expect(files.filter((file) => file.split('/').some((part) => /^(utils?|helpers?|common|misc|index)(\.|$)/.test(part)))).toEqual([]);
  });

  it('have names that occur once in a part of the project, but for a homework’s own questions', () => {
    const ids = [...assignments.keys()];
    // Tests are called after what they test.
    const named = files.filter((file) => !file.endsWith('.test.ts') && !file.split('/').some((part) => ids.includes(part)));
    // A child is a program of its own.
    const places = named.map((file) => `${isChild(file) ? 'a child' : file.split('/')[0]}: ${path.posix.basename(file)}`);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
  });
});

const parseFixtures = parser('a fixture file', FixtureFile);

describe.each([...assignments.values()])('$id', (assignment) => {
  const tasks = tasksOf(assignment).filter((task) => task.kind === 'function');
  const exported = (file: string, name: string): boolean =>
    fs.existsSync(path.join(projectRoot, file)) && new RegExp(`^export (async )?(function\\*? |const )${name}\\b`, 'm').test(read(file));

  it.each(tasks)('$id has a fixture, a recipe, a stub and a reference', ({ id, module, function: name }) => {
    const [homework, question] = id.split('/');
    const fixture = parseFixtures(JSON.parse(read(`fixtures/${homework}/${question}.json`)));
    expect(fixture.tasks[id]?.length ?? 0).toBeGreaterThan(0);
    expect(recipes.has(id)).toBe(true);
    expect(exported(`student-template/${homework}/${module}`, name)).toBe(true);
    expect(exported(`reference/${homework}/${module}`, name)).toBe(true);
  });

  it('has no fixture and no recipe beside them', () => {
    const known = tasks.map(({ id }) => id).toSorted();
    const kept = assignment.questions.flatMap(({ id }) => {
      const file = `fixtures/${assignment.id}/${id}.json`;
      return fs.existsSync(path.join(projectRoot, file)) ? Object.keys(parseFixtures(JSON.parse(read(file))).tasks) : [];
    });
    expect(kept.toSorted()).toEqual(known);
    expect([...recipes.keys()].filter((id) => id.startsWith(`${assignment.id}/`)).toSorted()).toEqual(known);
  });
});

/** Folders named line by line in a fenced block of a page. */
function mapOf(page: string): readonly string[] {
  const blocks = [...read(page).matchAll(/^```\w*\n([^]*?)^```/gm)].map((match) => match[1] ?? '');
  const map = blocks.find((block) => /^[\w-]+\/ /m.test(block)) ?? '';
  return [...map.matchAll(/^([\w-]+)\/\s/gm)].map((match) => match[1] ?? '').toSorted();
}

describe('maps', () => {
  it('in README.md equals the disk', () => {
    expect(mapOf('README.md')).toEqual(topLevelFolders());
  });

  it('in docs/architecture.md equals the folders of the autograder', () => {
    expect(mapOf('docs/architecture.md')).toEqual(Object.keys(STAGES).filter((stage) => !stage.endsWith('.ts')).toSorted());
  });
});
