/** The command line in a student's kit: no grading, no fixtures to make, nothing that needs Linux. */
import { addStudentCommands } from './commands/student-commands.ts';
import { console, program, run, start } from './program.ts';

const elbow = program('Checks your homework, and packs it to be handed in.', '(README.md shows every command, each with an example)');

addStudentCommands(elbow, console, run);

await start(elbow);
