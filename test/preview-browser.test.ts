import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLibrary } from '../src/cli/library.ts';
import { type Running, startRoom } from './room-server.ts';

const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const RUNBOOKS = resolve(import.meta.dirname, '..', 'runbooks');

const SMALL = `---
title: Small
questions:
  personal data: Are details of people concerned?
---

# Small

## Contain

### Cut it off

Role: Lead

- [ ] Pull the plug
- [ ] If personal data: tell the lead

Mind the <img src=x onerror=alert(1)> in it.

### Was it us?

- **Yes** → [Nowhere](#nowhere)
- **No** (default) → [Cut it off](#cut-it-off)
`;

describe.skipIf(CHROMIUM === undefined)('the preview of a runbook', () => {
  let running: Running;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  async function enter(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const made = await (await browser.newContext(options)).newPage();
    made.on('pageerror', (error) => errors.push(error.message));
    made.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await made.goto(`${running.base}/preview`);
    await made.getByRole('button', { name: 'Ada Okafor' }).click();
    await made.getByRole('heading', { name: 'Runbook preview' }).waitFor();
    return made;
  }

  const text = (on: Page) => on.getByRole('textbox', { name: 'The runbook, in markdown' });
  const summary = (on: Page, words: string | RegExp) => on.getByRole('status').filter({ hasText: words }).waitFor();

  beforeAll(async () => {
    const { chromium } = await import('playwright-core');
    running = await startRoom({ templates: openLibrary(RUNBOOKS) });
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await enter({ viewport: { width: 1280, height: 800 } });
  });
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
  });

  test('is reached from the first screen, and whoever is not signed in meets the entrance first', async () => {
    await page.goto(running.base);
    await page.getByRole('link', { name: 'Write or look at a runbook' }).click();
    await page.getByRole('heading', { name: 'Runbook preview' }).waitFor();
    await summary(page, /steps in \d phases/);
  });

  test('what is typed is compiled beside it: phases, steps, questions, and what hangs on them', async () => {
    await text(page).fill(SMALL);
    await summary(page, '2 steps in 1 phase');
    await page.getByRole('heading', { name: 'Contain', exact: true }).waitFor();
    const step = page.getByRole('article').filter({ hasText: 'Cut it off' }).first();
    await step.getByText('hangs on: personal data').waitFor();
    expect(await step.getByText('Mind the <img src=x onerror=alert(1)> in it.').count()).toBe(1);
    await page.getByText('Are details of people concerned?').waitFor();
  });

  test('a problem stands at its line, and leads there with the keyboard alone', async () => {
    const problem = page.getByRole('button', { name: /Error line 22/ });
    await problem.focus();
    await page.keyboard.press('Enter');
    const at =
      "document.activeElement.id + ' ' + document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)";
    expect(await page.evaluate(at)).toContain('text ');
    expect(await page.evaluate(at)).toContain('#nowhere');
    await page.keyboard.press('Home');
    await page.keyboard.press('F8');
    expect(await page.evaluate(at)).toMatch(/^text \S/);
  });

  test('a runbook of the library is one choice away, and the text before it comes back with a click', async () => {
    await page.getByRole('combobox', { name: 'Start from' }).selectOption('breach-letter');
    await summary(page, 'no unclear place');
    expect(await text(page).inputValue()).toBe(readFileSync(join(RUNBOOKS, 'breach-letter.md'), 'utf8'));
    await page.getByRole('button', { name: 'Take the old one back' }).click();
    await summary(page, '2 steps in 1 phase');
    expect(await text(page).inputValue()).toBe(SMALL);
  });

  test('it survives a reload, and a step leads to its line', async () => {
    await page.reload();
    await summary(page, '2 steps in 1 phase');
    await page.getByRole('article').getByRole('button', { name: 'Was it us?' }).click();
    expect(await page.evaluate('document.activeElement.selectionStart')).toBe(SMALL.indexOf('### Was it us?'));
    expect(await page.locator('.step.here').getByText('Was it us?').count()).toBe(1);
  });

  test('what is too large or nested too deep is refused in one sentence', async () => {
    await text(page).fill('x'.repeat(300_000));
    await page.getByText('A runbook has at most 256 KB').waitFor();
    await text(page).fill(`${'> '.repeat(500)}deep`);
    await page.getByText('nested too deep').waitFor();
  });

  test('on a phone the two stand one above the other, and nothing runs out of the side', async () => {
    const phone = await enter({ viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true });
    await summary(phone, /steps in/);
    const editor = await text(phone).boundingBox();
    const made = await phone.getByRole('region', { name: 'What it compiles to' }).boundingBox();
    expect(made!.y).toBeGreaterThanOrEqual(editor!.y + editor!.height - 1);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
    await phone.context().close();
  });

  test('no page broke its own policy or threw', () => {
    expect(errors).toEqual([]);
  });
});
