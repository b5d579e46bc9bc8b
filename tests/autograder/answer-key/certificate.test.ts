/** What a certificate says, when it is stale, and what keeps a fixture set from being certified. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CERTIFICATE_FILE, certificateText, flawOf, problemsIn, problemsInDerivations, readCertificate } from '../../../autograder/answer-key/certificate.ts';
import type { Certificate, CertifiedDerivation, CertifiedHandIn, Foundations } from '../../../contract/certificate.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-certificate-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const foundations: Foundations = { fixtures: 'f', assignment: 'a', child: 'c', judgement: 'j' };
const task = 'hw/vae/elbo';
const reference: CertifiedHandIn = { id: 'reference', kind: 'reference', expected: {}, found: {}, named: [] };
const mistake: CertifiedHandIn = { id: 'elbo/sign', kind: 'misconception', expected: { [task]: 'fail' }, found: { [task]: 'fail' }, named: ['elbo/sign', 'elbo/twin'] };
const variant: CertifiedHandIn = { id: 'elbo/loop', kind: 'right-variant', expected: {}, found: {}, named: [] };
const shown: CertifiedDerivation = { task: 'hw/vae/proof', title: 'right: short', expected: { outcome: 'pass' }, found: { outcome: 'pass' }, earned: 3, points: 3 };
const wrong: CertifiedDerivation = { ...shown, title: 'wrong at line 2: sign', expected: { outcome: 'fail', line: 4 }, found: { outcome: 'fail', line: 4 }, earned: 1 };
const certificate: Certificate = { format: 2, assignment: 'hw', term: 't', restsOn: foundations, problems: [], handIns: [reference, mistake, variant], derivations: [shown, wrong] };

describe('a certificate', () => {
  it('is read as it was written, one hand-in or derivation a line', async () => {
    fs.writeFileSync(path.join(folder, CERTIFICATE_FILE), certificateText(certificate));
    expect(await readCertificate(folder)).toEqual(certificate);
    expect(certificateText(certificate).split('\n').filter((line) => line.includes('"kind"'))).toHaveLength(3);
    expect(certificateText(certificate).split('\n').filter((line) => line.includes('"earned"'))).toHaveLength(2);
  });

  it('of another version is told from one of ours', async () => {
    fs.writeFileSync(path.join(folder, CERTIFICATE_FILE), certificateText(certificate).replace('"format": 2', '"format": 1'));
    expect(await readCertificate(folder)).toBe('of another format');
    expect(flawOf('of another format', foundations)).toBe('The certificate is stale: it was made by another version of elbow.');
  });

  it('is null where there is none, and refused where it is not of its form', async () => {
    expect(await readCertificate(path.join(folder, 'nowhere'))).toBeNull();
    fs.writeFileSync(path.join(folder, CERTIFICATE_FILE), JSON.stringify({ ...certificate, problems: undefined }));
    await expect(readCertificate(folder)).rejects.toThrow('the certificate is malformed');
  });
});

describe('fixtures', () => {
  it('may be used with a certificate that rests on what is in use', () => {
    expect(flawOf(certificate, { ...foundations })).toBeNull();
  });

  it('may not without one, or with one that says no', () => {
    expect(flawOf(null, foundations)).toBe('There is no certificate.');
    expect(flawOf({ ...certificate, problems: ['mistake elbo/sign: passed'] }, foundations)).toMatch(/1 problem/);
  });

  it.each([
    ['fixtures', 'the fixtures changed'],
    ['assignment', 'the assignment or its template changed'],
    ['child', 'the program that runs the functions changed'],
    ['judgement', 'the way answers are compared and scored changed'],
  ] as const)('may not when %s changed, and it says so', (part, words) => {
    expect(flawOf(certificate, { ...foundations, [part]: 'other' })).toBe(`The certificate is stale: since it was made, ${words}.`);
  });

  it('may not when several parts changed, all of them named', () => {
    expect(flawOf(certificate, { ...foundations, fixtures: 'x', child: 'y' })).toContain('the fixtures and the program that runs the functions changed');
  });
});

describe('what must not happen', () => {
  it('is nothing where all went as it must', () => {
    expect(problemsIn([reference, mistake, variant])).toEqual([]);
  });

  it.each<[string, CertifiedHandIn, string]>([
    ['the reference loses marks', { ...reference, found: { [task]: 'fail' } }, `reference reference: ${task} is fail, but has nothing wrong in it`],
    ['a right way is left to a person', { ...variant, found: { [task]: 'awaiting-person' } }, `right-variant elbo/loop: ${task} is awaiting-person, but has nothing wrong in it`],
    ['a right way is taken for a mistake', { ...variant, named: ['elbo/sign'] }, 'right-variant elbo/loop: is taken for the mistake elbo/sign'],
    ['a mistake costs another task', { ...mistake, found: { [task]: 'fail', 'hw/vae/other': 'fail' } }, 'misconception elbo/sign: hw/vae/other is fail, but has nothing wrong in it'],
    ['a mistake passes', { ...mistake, found: {} }, `misconception elbo/sign: ${task} passed, though it must be fail`],
    ['a mistake is left to a person', { ...mistake, found: { [task]: 'awaiting-person' } }, `misconception elbo/sign: ${task} is awaiting-person, not fail`],
  ])('when %s', (_, handIn, problem) => {
    expect(problemsIn([handIn])).toEqual([problem]);
  });

  it('is that more than one mistake in twenty goes by another name or none', () => {
    const named = Array.from({ length: 19 }, (_, index) => ({ ...mistake, id: `elbo/${index}`, named: [`elbo/${index}`] }));
    expect(problemsIn([...named, { ...mistake, named: ['elbo/0'] }])).toEqual([]);
    expect(problemsIn([...named.slice(1), mistake, { ...mistake, id: 'elbo/none', named: [] }, { ...mistake, id: 'elbo/other', named: ['elbo/0'] }])).toEqual([
      'only 19 of 21 mistakes are named rightly; not these: elbo/none, elbo/other',
    ]);
  });
});

describe('what must not happen to a derivation', () => {
  it('is nothing where all went as it must', () => {
    expect(problemsInDerivations([shown, wrong])).toEqual([]);
  });

  it.each<[string, CertifiedDerivation, string]>([
    ['a right one fails', { ...shown, found: { outcome: 'fail', line: 3 }, earned: 1 }, 'derivation hw/vae/proof, right: short: is fail, not pass'],
    ['a right one is left to a person', { ...shown, found: { outcome: 'awaiting-person' }, earned: 0 }, 'derivation hw/vae/proof, right: short: is awaiting-person, not pass'],
    ['a right one loses marks', { ...shown, earned: 2 }, 'derivation hw/vae/proof, right: short: earned 2 of 3'],
    ['a wrong one passes', { ...wrong, found: { outcome: 'pass' }, earned: 3 }, 'derivation hw/vae/proof, wrong at line 2: sign: is pass, not fail'],
    ['a wrong one keeps its marks', { ...wrong, earned: 3 }, 'derivation hw/vae/proof, wrong at line 2: sign: earned 3 of 3'],
    ['it is wrong at another line', { ...wrong, found: { outcome: 'fail', line: 5 } }, 'derivation hw/vae/proof, wrong at line 2: sign: line 5 is the first that does not follow, not line 4'],
    ['it is wrong nowhere', { ...wrong, found: { outcome: 'fail' } }, 'derivation hw/vae/proof, wrong at line 2: sign: no line is the first that does not follow, not line 4'],
  ])('when %s', (_, derivation, problem) => {
    expect(problemsInDerivations([derivation])).toEqual([problem]);
  });
});
