import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromUtf8 } from '../src/record/bytes.ts';
import { checkpoint, drilled, made } from './export-fixture.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const chromium = [process.env.CHROMIUM_PATH, ...places].find((path) => path !== undefined && existsSync(path));
if (chromium === undefined)
  console.warn('The exported page was not opened in a browser: no Chromium here (CHROMIUM_PATH names one).');

const folder = mkdtempSync(join(tmpdir(), 'firebreak-page-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { pack, by, entries } = made([5, 9, 12], { exported: { at: '2026-03-02T12:00:00Z', by: 'Mara Lind' } });
const html = fromUtf8(pack.get('timeline.html')!);

describe.skipIf(chromium === undefined)('the exported page, opened from disk', () => {
  let browser: Browser;
  beforeAll(async () => {
    const { chromium: launcher } = await import('playwright-core');
    browser = await launcher.launch({
      executablePath: chromium!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser?.close());

  let pages = 0;
  /** Opens a page and notes what it asks for and complains about. */
  async function opened(source = html, options = {}): Promise<{ page: Page; requests: string[]; complaints: string[] }> {
    const file = join(folder, `${pages++}.html`);
    writeFileSync(file, source);
    const page = await browser.newPage({ viewport: { width: 390, height: 800 }, ...options });
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`file://${file}`);
    return { page, requests, complaints };
  }

  async function verdict(page: Page, outside = ''): Promise<{ mood: string | null; words: string; detail: string }> {
    await page.fill('#outside', outside);
    await page.click('button');
    await page.waitForSelector('#verdict:is(.good, .alone, .bad)');
    const [words, detail] = [await page.textContent('#verdict'), await page.textContent('#detail')];
    return { mood: await page.getAttribute('#verdict', 'class'), words: words ?? '', detail: detail ?? '' };
  }

  test('verifies itself, asks the network for nothing and complains of nothing', async () => {
    const { page, requests, complaints } = await opened();
    const { mood, words, detail } = await verdict(page, checkpoint(by, entries, 9));
    expect(mood).toBe('good');
    expect(words).toMatch(/^Unchanged since the witnessed head of 9 entries/);
    expect(detail).toContain('The words on this page are those of the record in it.');
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  test('says that nothing outside vouches for it where no checkpoint was pasted, and what is wrong with one that is none', async () => {
    const { page } = await opened();
    const { mood, words } = await verdict(page);
    expect(mood).toBe('alone');
    expect(words).toContain('Nothing outside vouches for it');
    await page.fill('#outside', 'hello');
    await page.click('button');
    await page.waitForSelector('#verdict.bad');
    expect(await page.textContent('#verdict')).toContain('holds none');
  });

  test('finds a text that was changed in the data of the page', async () => {
    const { page } = await opened(html.replaceAll('41 machines', '14 machines'));
    const { mood, words } = await verdict(page, checkpoint(by, entries, 12));
    expect(mood).toBe('bad');
    expect(words).toMatch(/^This pack does not verify: line \d+ of texts.jsonl: the text "text" of entry 6/);
  });

  test('finds words that were changed on the page and not in its data', async () => {
    const at = html.indexOf('41 machines');
    const { page } = await opened(`${html.slice(0, at)}14${html.slice(at + 2)}`);
    const { mood, words } = await verdict(page, checkpoint(by, entries, 12));
    expect(mood).toBe('bad');
    expect(words).toContain('shows other words at: 6');
  });

  test('runs no script but its own: neither one in the texts nor one put into the page', async () => {
    const { page, complaints } = await opened(html.replace('</main>', '<script>document.title = "taken"</script></main>'));
    expect(await page.title()).toBe('Remote tool pushes ransomware');
    expect(complaints.join()).toContain('Content Security Policy');
    expect(await page.textContent('#e12 .what')).toBe('Noted: =cmd|calc!A1 </script><script>alert(1)</script>');
    expect(await page.locator('#e4 b').count()).toBe(0);
  });

  test('is read without a script: every entry is there, and what needs a script is hidden', async () => {
    const { page } = await opened(html, { javaScriptEnabled: false });
    expect(await page.locator('li.entry').count()).toBe(12);
    expect(await page.isVisible('#filter')).toBe(false);
    expect(await page.isVisible('button')).toBe(false);
    expect(await page.innerText('noscript')).toContain('node verify.mjs');
  });

  test('is filtered by group, by person and by words', async () => {
    const { page } = await opened();
    const shown = () => page.locator('li.entry:visible').count();
    await page.selectOption('#group', 'decision');
    expect(await shown()).toBe(1);
    await page.selectOption('#group', '');
    await page.selectOption('#who', 'Jo <b>Ek</b>');
    expect(await shown()).toBe(1);
    await page.selectOption('#who', '');
    await page.fill('#words', 'MACHINES');
    expect(await shown()).toBe(2);
    expect(await page.textContent('#count')).toBe('2 of 12 entries shown');
  });

  test('is worked with the keyboard alone, and is no wider than a phone', async () => {
    const { page } = await opened();
    const focused: string[] = [];
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      focused.push(await page.evaluate('document.activeElement.id || document.activeElement.textContent'));
    }
    expect(focused).toEqual(['To the entries', 'outside', 'Verify', 'strip', 'group', 'who', 'words', '1']);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  test('prints without what cannot be used on paper', async () => {
    const { page } = await opened();
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('section.check')).toBe(false);
    expect(await page.isVisible('#filter')).toBe(false);
    expect(await page.isVisible('#e12')).toBe(true);
  });
});

describe('the exported page', () => {
  test('pins its one script and its one style by hash and allows nothing else', () => {
    const policy = /content="(default-src[^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='; style-src 'sha256-[A-Za-z0-9+/]{43}='; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).not.toMatch(/\sstyle=|\son[a-z]+=/);
  });

  test('links the evidence, and says who exported it and when', () => {
    expect(html).toContain('<a href="evidence/ev-1/disk_image.txt">');
    expect(html).toContain('Exported 2026-03-02 12:00:00 UTC by Mara Lind.');
  });

  test('of a drill says so before anything else, at every entry, and in its title', () => {
    expect(html).not.toContain('DRILL');
    const drill = made([12], {}, by, drilled(by.verifierKey));
    const page = fromUtf8(drill.pack.get('timeline.html')!);
    expect(page).toContain('<title>DRILL: Remote tool');
    expect(page.match(/<span class="tag">DRILL<\/span>/g)).toHaveLength(12);
  });
});
