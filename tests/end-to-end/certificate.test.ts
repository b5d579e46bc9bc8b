/** `elbow grade` uses certified fixtures only, unless it is told otherwise, and then every page says so. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { CERTIFICATE_FILE, certificateText } from '../../autograder/answer-key/certificate.ts';
import { foundationsOf } from '../../autograder/commands/certification.ts';
import { readOriginals, readTemplateTexts } from '../../autograder/commands/course-files.ts';
import type { Certificate } from '../../contract/certificate.ts';
import { elbow, type Finished, projectRoot } from './command-line.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-refusal-'));
const fixtures = path.join(work, 'fixtures');
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

let valid: Certificate;

beforeAll(async () => {
  fs.cpSync(path.join(projectRoot, 'fixtures', assignment.id), fixtures, { recursive: true });
  const key = await openAnswerKey(fixtures, { basicOnly: false });
  const restsOn = await foundationsOf({ assignment, key, originals: await readOriginals(assignment), templateTexts: await readTemplateTexts(assignment) });
  valid = { format: 2, assignment: assignment.id, term: key.term, restsOn, problems: [], handIns: [], derivations: [] };
});

/** Grades one untouched template with the copied fixtures under this certificate. */
async function grade(certificate: Certificate | null, ...more: readonly string[]): Promise<Finished & { readonly page: string }> {
  const file = path.join(fixtures, CERTIFICATE_FILE);
  fs.rmSync(file, { force: true });
  if (certificate !== null) fs.writeFileSync(file, certificateText(certificate));
  const out = fs.mkdtempSync(path.join(work, 'out-'));
  const template = path.join(projectRoot, 'student-template', assignment.id);
  const finished = await elbow('grade', template, '--assignment', assignment.id, '--fixtures', fixtures, '--out', out, '--isolation', 'none', ...more);
  const page = path.join(out, 'students', `${assignment.id}.html`);
  return { ...finished, page: fs.existsSync(page) ? fs.readFileSync(page, 'utf8') : '' };
}

describe('grade', () => {
  it('goes without a word where the certificate is valid', async () => {
    const { code, stdout, page } = await grade(valid);
    expect(code).toBe(0);
    expect(stdout).not.toContain('certified');
    expect(page).not.toContain('certified');
  });

  it('refuses fixtures without a certificate, and says how to make one', async () => {
    const { code, stderr, page } = await grade(null);
    expect(code).toBe(64);
    expect(stderr).toContain('There is no certificate.');
    expect(stderr).toContain(`elbow fixtures certify --assignment ${assignment.id} --fixtures ${fixtures}`);
    expect(stderr).toContain('--uncertified');
    expect(page).toBe('');
  });

  it('refuses a stale one, and says what changed', async () => {
    const { code, stderr } = await grade({ ...valid, restsOn: { ...valid.restsOn, judgement: 'another' } });
    expect(code).toBe(64);
    expect(stderr).toContain('The certificate is stale: since it was made, the way answers are compared and scored changed.');
  });

  it('goes on with --uncertified, and every page says so', async () => {
    const { code, stdout, page } = await grade({ ...valid, problems: ['misconception a/b: passed'] }, '--uncertified');
    expect(code).toBe(0);
    expect(stdout).toContain('WARNING: The fixtures are not certified, so marks may be wrong.');
    expect(page).toContain('The fixtures are not certified, so marks may be wrong.');
    expect(page).not.toContain('a/b');
  });
});
