import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { open } from '../src/cli/start.ts';
import type { Running } from '../src/cli/work.ts';
import { cli } from '../src/cli.ts';

const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

const folder = mkdtempSync(join(tmpdir(), 'firebreak-browser-'));
const printed: string[] = [];
const terminal: Terminal = {
  out: (text) => void printed.push(text),
  err: (text) => void printed.push(text),
  env: { FIREBREAK_DATA: folder, FIREBREAK_LOG: 'error' },
  stdin: async () => '',
  now: () => Temporal.Now.instant(),
};

describe.skipIf(CHROMIUM === undefined)('two people in two browsers', () => {
  let running: Running;
  let browser: Browser;

  beforeAll(async () => {
    const { chromium } = await import('playwright-core');
    running = await open(['--port', '0'], terminal);
    browser = await chromium.launch({
      executablePath: CHROMIUM!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await running?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const enter = async (name: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(running.url);
    await page.getByRole('button', { name }).click();
    await page.getByText('What do you need?').waitFor();
    return page;
  };

  test('one declares and gives a role, the other is brought in, both work, and the export verifies', async () => {
    const ada = await enter('Ada Okafor');
    await ada.getByRole('button', { name: /Start an incident/ }).click();
    await ada.getByLabel('What is going on?').fill('Our remote tool is installing something odd');
    await ada.getByRole('button', { name: 'Start', exact: true }).click();
    await ada.getByText('Step 1 of', { exact: false }).first().waitFor();
    await ada.getByText('A court may one day demand this record').first().waitFor();

    await ada.getByRole('button', { name: 'Roles…' }).first().click();
    await ada.getByLabel('Role', { exact: true }).selectOption('technical-lead');
    await ada.getByLabel('Who takes it?').selectOption({ label: 'Ben Lindqvist' });
    await ada.getByRole('button', { name: 'Assign' }).click();

    const ben = await enter('Ben Lindqvist');
    await ben.getByText('inc-our-remote-tool', { exact: false }).first().click();
    await ben.getByRole('button', { name: /^Done/ }).last().click();
    await ada.getByText('reported, not verified').first().waitFor();
    await ada.getByText('Step 2 of', { exact: false }).first().waitFor();
    await ada.getByRole('button', { name: /^Done/ }).last().click();
    await ben.getByText('Step 3 of', { exact: false }).first().waitFor();

    printed.length = 0;
    const out = join(folder, 'pack');
    expect(await cli(['incidents', '--json'], terminal)).toBe(0);
    const [{ id }] = JSON.parse(printed[0]!).incidents;
    expect(await cli(['export', id, '--out', out], terminal)).toBe(0);
    expect(await cli(['verify', out], terminal)).toBe(0);
    const record = readFileSync(join(out, 'record.jsonl'), 'utf8');
    expect(record.match(/"step\.completed"/g)).toHaveLength(2);
  }, 60_000);
});
