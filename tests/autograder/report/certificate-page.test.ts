/** The page of a certificate: what is not as it must be can be seen, and what is can be told from it. */
import { describe, expect, it } from 'vitest';
import { certificatePage } from '../../../autograder/report/report.ts';
import { certified, knownTasks, measured, sampleAssignment } from './sample-certificate.ts';

/** The cells of one hand-in, as text. */
function rowOf(page: string, id: string): string {
  const start = page.indexOf(`<code>${id}</code>`);
  return page.slice(start, page.indexOf('</tr>', start));
}

describe('a certificate that holds', () => {
  const page = certificatePage(certified([]), sampleAssignment, measured());

  it('says so, and frames nothing', () => {
    expect(page).toContain('<h2 id="certified">Certified</h2>');
    expect(page).not.toMatch(/<small>must (pass|fail|be)/);
    expect(page).not.toContain('class="fault"');
  });

  it('shows distances, lost checks and what a mistake was taken for', () => {
    expect(rowOf(page, 'reference')).toContain('0.031');
    expect(rowOf(page, 'vae-elbo/kl-sign')).toMatch(/class="fail"[^]*1\.2e\+5<small>kl, nelbo<\/small>/);
    expect(rowOf(page, 'vae-elbo/kl-sign')).toContain('itself, vae-elbo/kl-twin');
    expect(page).toContain('1 of 1 known mistakes are named rightly.');
  });

  it('has a column for every function task and none for what a person marks', () => {
    for (const task of knownTasks) expect(page).toContain(`<th scope="col"><strong>${task.split('/')[1]}</strong> ${task.split('/')[2]}</th>`);
    expect(page).not.toContain('beta-vae');
  });
});

describe('a certificate that does not hold', () => {
  const [first = ''] = knownTasks;
  const wrong = measured().map((handIn) => (handIn.kind === 'right-variant' ? { ...handIn, found: { [first]: 'fail' as const }, named: ['vae-elbo/kl-sign'] } : handIn));
  const page = certificatePage(certified(['<b>it went wrong</b>']), sampleAssignment, wrong);

  it('says what went wrong, as text', () => {
    expect(page).toContain('Not certified');
    expect(page).toContain('<li>&lt;b&gt;it went wrong&lt;/b&gt;</li>');
  });

  it('frames the cell that is not as it must be, and the name it should not have', () => {
    const row = rowOf(page, 'vae-elbo/row-by-row');
    expect(row).toMatch(/class="fail fault"[^]*must pass/);
    expect(row).toContain('<td class="fault">vae-elbo/kl-sign</td>');
  });
});
