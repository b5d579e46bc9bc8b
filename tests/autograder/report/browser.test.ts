/** The pages in a real browser: nothing runs, nothing is fetched, and axe finds no barrier. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificatePage, classPage, markingPage, studentPage } from '../../../autograder/report/report.ts';
import { hostile, withText } from './hostile-text.ts';
import { derived, EVERY_KIND, withDerivations, WITHOUT_REASON } from './sample-derivation.ts';
import { certified, measured, sampleAssignment } from './sample-certificate.ts';
import { classOf, complete, mixed, notGradable, refused } from './sample-results.ts';

const executablePath = '/usr/bin/chromium';
const present = fs.existsSync(executablePath);

const pages = {
  'a student page': studentPage(mixed),
  'a page with a final mark': studentPage(complete),
  'a page of a refused hand-in': studentPage(refused),
  'a page of a hand-in that could not be graded': studentPage(notGradable),
  'a page of hostile text': studentPage(withText(mixed, hostile)),
  'a page of derivations': studentPage(withDerivations(EVERY_KIND, WITHOUT_REASON)),
  'a marking page with what the machine found': markingPage('Homework', { title: 'Proof', task: 'hw/iwae/proof', points: 6 }, 'Jensen.', [{ row: 'r1', text: WITHOUT_REASON, derivation: derived(WITHOUT_REASON).derivation }]),
  'a class page': classPage(classOf(8), { title: 'Homework 2', notes: ['No hand-in: Ann Bell.'] }),
  'a certificate': certificatePage(certified([]), sampleAssignment, measured()),
  'a certificate that says no': certificatePage(certified(['The reference loses marks.']), sampleAssignment, measured()),
  'a class page of hostile text': classPage([withText(mixed, hostile)], { title: hostile, notes: [hostile] }),
} as const;

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(!present)(`the pages in Chromium${present ? '' : ` (skipped: ${executablePath} is missing; apt-get install -y chromium)`}`, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-report-'));
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  });

  test.each(Object.entries(pages))('%s is quiet and has no barrier, light or dark', async (name, html) => {
    const file = path.join(folder, `${name}.html`);
    fs.writeFileSync(file, html);
    const page = await browser.newPage();
    const heard = listen(page);
    await page.goto(pathToFileURL(file).href);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('main')).maxWidth`)).not.toBe('none');
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    await page.evaluate(axe);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const violations = await page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
      expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] });
    }
    expect(heard).toEqual([`asked for ${pathToFileURL(file).href}`]);
    await page.close();
  });

  test('shows a script tag as text and keeps long words inside a narrow window', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.setContent(studentPage(withText(mixed, hostile)));
    expect(await page.locator('h1 + .who strong').textContent()).toContain(`<script>document.title='owned'</script>`);
    expect(await page.title()).toContain('<script>');
    expect(await page.evaluate('document.scripts.length')).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.close();
  });

  test.each(['a class page', 'a certificate', 'a class page of hostile text'] as const)('%s scrolls its tables and not itself in a narrow window', async (name) => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.setContent(pages[name]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.close();
  });

  test('prints what is folded away on the screen', async () => {
    const page = await browser.newPage();
    await page.setContent(studentPage(mixed));
    const output = page.locator('details pre').first();
    expect((await output.boundingBox())?.height ?? 0).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect((await output.boundingBox())?.height ?? 0).toBeGreaterThan(20);
    await page.close();
  });
});

function listen(page: Page): readonly string[] {
  const heard: string[] = [];
  page.on('request', (request) => heard.push(`asked for ${request.url()}`));
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  return heard;
}
