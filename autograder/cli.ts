/** The command line of elbow: its commands and their options. */
import { Option } from 'commander';
import { type CertifyOptions, runCertify } from './commands/certify.ts';
import { type DemoOptions, runDemo } from './commands/demo.ts';
import { type GradebookOptions, type GradescopeOptions, runExportGradebook, runExportGradescope } from './commands/export-results.ts';
import { type FixtureOptions, runGenerate, runVerify } from './commands/fixtures.ts';
import { type DiffOptions, runDiff } from './commands/fixtures-diff.ts';
import { type GradeOptions, runGrade } from './commands/grade.ts';
import { type AutograderOptions, type KitOptions, runAutograder, runKit } from './commands/make-kit.ts';
import { type GradescopeRunOptions, runGradescope } from './commands/gradescope-run.ts';
import { addStudentCommands } from './commands/student-commands.ts';
import { wholeNumber } from './commands/whole-number.ts';
import { console, program, run, start } from './program.ts';

const elbow = program('Grades homework on deep generative models, fairly and safely.', '(elbow --help shows the commands, elbow COMMAND --help shows examples)');

elbow
  .command('grade')
  .description('grade a batch of hand-ins into HTML reports')
  .argument('<submissions...>', 'a folder of hand-ins, a download of Canvas, Moodle or Gradescope, or one hand-in; several are merged by student')
  .requiredOption('--assignment <id>', 'which homework, e.g. cs236-hw2')
  .option('--out <dir>', 'where the reports go', 'elbow-out')
  .option('--jobs <n>', 'how many hand-ins at a time (default: one a core)', wholeNumber)
  .option('--students <csv>', 'names file or folder to student: columns submission, student_id, name')
  .option('--fixtures <dir>', 'fixtures to grade with (default: the public ones that come with elbow)')
  .option('--data <dir>', 'a folder with the files of MNIST, for checkpoints that were trained on it')
  .option('--roster <csv>', 'who takes the course: columns student_id, name, and other ids of theirs')
  .option('--dry-run', 'tell who was found with what and what is odd, and run nothing', false)
  .option('--term <file>', 'the term’s file: due time and zone, extensions, waived tasks, policy')
  .option('--names <file>', 'what the course calls the functions, where it keeps its own hand-out (default: the file that the term names)')
  .option('--times <csv>', 'when each handed in: columns student_id, submitted_at')
  .option('--marks <csv...>', 'marking sheets of further markers, beside OUT/staff/manual-marks.csv')
  .option('--only <student-or-task...>', 'grade only these anew and leave all others as they are')
  .option('--fresh', 'delete the reports that OUT holds of an earlier grading first; marks given by people stay')
  .option('--demo', 'do not mention that only public cases are used; the reports still say it')
  .addOption(new Option('--backend <name>', 'where the functions run').choices(['auto', 'cpu', 'wasm', 'native']).default('auto'))
  .addOption(new Option('--isolation <kind>', 'none gives submitted code your whole machine').choices(['bubblewrap', 'none']).default('bubblewrap'))
  .option('--uncertified', 'grade with fixtures that have no valid certificate; every page says so', false)
  .addHelpText(
    'after',
    `
Examples:
  elbow grade downloads/ --assignment cs236-hw2 --out reports
  elbow grade downloads/ --assignment cs236-hw2 --out reports --students class.csv --jobs 4
  elbow grade downloads/ --assignment cs236-hw2 --out reports --fixtures ~/autumn-2027
  elbow grade code.zip write-ups.zip --assignment cs236-hw2 --roster class.csv --dry-run
  elbow grade one-student.zip --assignment cs236-hw2
  elbow grade downloads/ --assignment cs236-hw2 --out reports --term terms/cs236-hw2-autumn-2021.json --times times.csv
  elbow grade downloads/ --assignment cs236-hw2 --out reports --marks anna.csv ben.csv

  elbow grade downloads/ --assignment cs236-hw2 --out reports --only s1234567
  elbow grade downloads/ --assignment cs236-hw2 --out reports --only vae/sample-gaussian

OUT/students/ is safe to publish. OUT/staff/ holds the class page, grades.csv, grades.json, and what a person
marks: the answers in marking/, the marks in manual-marks.csv. Fill marks in and run the same command again: what did
not change keeps what the machine said of it, and whose marks changed is told, with the reason.
One OUT never mixes two sets of fixtures.
Exit code: 0 all graded, 1 something needs a person, 2 a fault of elbow, 64 wrong usage.`,
  )
  .action((submissions: readonly string[], options: GradeOptions) => run(() => runGrade(submissions, options, console)));

addStudentCommands(elbow, console, run);

elbow
  .command('kit')
  .description('make the zip that students start from: template, public cases, checker')
  .argument('<assignment>', 'which homework, e.g. cs236-hw2')
  .option('--out <zip>', 'where it goes (default: <assignment>-kit.zip)')
  .option('--language <name>', 'typescript, or another one that the assignment is set in, e.g. python (default: typescript)')
  .option('--fixtures <dir>', 'fixtures to take the basic cases from (default: those that come with elbow)')
  .addHelpText(
    'after',
    `
Examples:
  elbow kit cs236-hw2 --out kit.zip
  elbow kit cs236-hw2 --out kit.zip --fixtures ~/autumn-2027
  elbow kit cs236-hw2 --language python

It holds no reference, no known mistakes and no hidden cases, so it may be published.`,
  )
  .action((assignment: string, options: KitOptions) => run(() => runKit(assignment, options, console)));

const exports = elbow.command('export').description('bring marks and reports into an LMS');

for (const [system, sheet] of [['canvas', 'gradebook'], ['moodle', 'grading worksheet']] as const) {
  exports
    .command(system)
    .description(`fill marks into the ${sheet} that was downloaded from ${system}`)
    .requiredOption('--into <csv>', `the ${sheet}, as it was downloaded`)
    .requiredOption('--grades <json>', 'the grades.json of a graded batch')
    .option('--out <csv>', 'where the filled sheet goes (default: beside the other, .filled.csv)')
    .option('--column <name>', 'the column of the assignment, where there are several')
    .option('--feedback <zip>', `pack the reports so that ${system} hands them to their students`)
    .option('--partial', 'write the marks that are final although others are not', false)
    .addHelpText('after', `\nExamples:\n  elbow export ${system} --into downloaded.csv --grades reports/staff/grades.json --feedback feedback.zip`)
    .action((options: GradebookOptions) => run(() => runExportGradebook(system, options, console)));
}

exports
  .command('gradescope')
  .description('write the results.json of each student')
  .requiredOption('--grades <json>', 'the grades.json of a graded batch')
  .option('--out <dir>', 'where they go, a folder a student', 'gradescope-results')
  .option('--partial', 'write those that are final although others are not', false)
  .addHelpText('after', '\nExamples:\n  elbow export gradescope --grades reports/staff/grades.json --out gradescope-results')
  .action((options: GradescopeOptions) => run(() => runExportGradescope(options, console)));

exports
  .command('gradescope-autograder')
  .description('write the zip from which Gradescope builds an autograder')
  .argument('<assignment>', 'which homework, e.g. cs236-hw2')
  .option('--out <zip>', 'where it goes', 'autograder.zip')
  .option('--fixtures <dir>', 'fixtures to grade with (default: the public ones that come with elbow)')
  .option('--names <file>', 'what the course calls the functions, where it keeps its own hand-out')
  .addHelpText('after', '\nExamples:\n  elbow export gradescope-autograder cs236-hw2 --fixtures ~/autumn-2027 --out autograder.zip')
  .action((assignment: string, options: AutograderOptions) => run(() => runAutograder(assignment, options, console)));

elbow
  .command('gradescope-run', { hidden: true })
  .description('grade the one submission in the container of a Gradescope autograder')
  .requiredOption('--assignment <id>', 'which homework')
  .option('--root <dir>', 'the folder that Gradescope mounts', '/autograder')
  .option('--names <file>', 'what the course calls the functions')
  .action((options: GradescopeRunOptions) => run(() => runGradescope(options, console)));

const fixtures = elbow.command('fixtures').description('make and verify the cases that hand-ins are graded with');

fixtures
  .command('generate')
  .description('make the fixtures of an assignment: the same term and seed give the same bytes')
  .option('--assignment <id>', 'which homework', 'cs236-hw2')
  .option('--term <name>', 'the term they are for', 'example')
  .option('--seed <n>', 'what everything random is drawn from', wholeNumber, 1)
  .addOption(new Option('--secret-file <file>', 'draw everything from this secret instead: hidden cases').conflicts('seed'))
  .option('--out <dir>', 'where to put them (default: fixtures/<assignment>)')
  .addHelpText(
    'after',
    `
Examples:
  elbow fixtures generate
  elbow fixtures generate --term autumn-2027 --seed 8121 --out ~/autumn-2027
  (umask 077 && head -c 32 /dev/urandom | base64 > ~/elbow-secret)
  elbow fixtures generate --term autumn-2027 --secret-file ~/elbow-secret --out ~/autumn-2027

Whoever knows the seed of a set can make it again. Cases from a secret stay hidden: keep both the file
and the folder out of any repository. The same secret gives another term other cases.`,
  )
  .action((options: FixtureOptions) => run(() => runGenerate(options, console)));

fixtures
  .command('verify')
  .description('make the fixtures again and compare every byte')
  .option('--assignment <id>', 'which homework', 'cs236-hw2')
  .option('--out <dir>', 'the fixtures to verify (default: fixtures/<assignment>)')
  .option('--secret-file <file>', 'the secret they were made from')
  .addHelpText('after', '\nExamples:\n  elbow fixtures verify\n  elbow fixtures verify --out ~/autumn-2027 --secret-file ~/elbow-secret')
  .action((options: Omit<FixtureOptions, 'term' | 'seed'>) => run(() => runVerify(options, console)));

fixtures
  .command('diff')
  .description('what changed between two sets of fixtures')
  .argument('<a>', 'the folder of one set')
  .argument('<b>', 'the folder of the other')
  .option('--assignment <id>', 'which homework', 'cs236-hw2')
  .addHelpText(
    'after',
    `
Examples:
  elbow fixtures diff ~/spring-2027 ~/autumn-2027
  elbow fixtures diff fixtures/cs236-hw2 ~/autumn-2027

Numbers are given in tolerances: a change below 1 decides no verdict.
Exit code: 0 the same, 1 different, 64 wrong usage.`,
  )
  .action((a: string, b: string, options: DiffOptions) => run(() => runDiff(a, b, options, console)));

fixtures
  .command('certify')
  .description('grade the reference, the template, every known mistake and every right variant: does each get what it must?')
  .option('--assignment <id>', 'which homework', 'cs236-hw2')
  .option('--fixtures <dir>', 'the fixtures to certify (default: fixtures/<assignment>)')
  .option('--jobs <n>', 'how many hand-ins at a time (default: one a core)', wholeNumber)
  .option('--out <dir>', 'where certificate.html goes (default: beside the fixtures)')
  .option('--only-derivations', 'look at the derivations alone: takes seconds and writes nothing')
  .addOption(new Option('--isolation <kind>', 'as for grade').choices(['bubblewrap', 'none']).default('bubblewrap'))
  .addHelpText(
    'after',
    `
Examples:
  elbow fixtures certify
  elbow fixtures certify --fixtures ~/autumn-2027 --jobs 4
  elbow fixtures certify --only-derivations

Writes certificate.json beside the fixtures: elbow grade refuses fixtures without a valid one.
Exit code: 0 certified, 1 not certified, 2 a fault of elbow, 64 wrong usage.`,
  )
  .action((options: CertifyOptions) => run(() => runCertify(options, console)));

elbow
  .command('demo')
  .description('grade the bundled example batch')
  .option('--out <dir>', 'where the reports go', 'elbow-demo')
  .option('--fresh', 'delete what OUT holds of an earlier grading first')
  .option('--jobs <n>', 'how many hand-ins at a time (default: one a core)', wholeNumber)
  .addHelpText('after', '\nExamples:\n  elbow demo\n  elbow demo --out /tmp/reports')
  .action((options: DemoOptions) => run(() => runDemo(options, console)));

await start(elbow);
