import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startBolt, startRoom } from './room-server.ts';

const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

const text = (words: string) => ({ type: 'plain_text', text: words });
const step = (number: number) => [
  { type: 'header', block_id: 'h', text: text(`Step ${number}: isolate the server`) },
  { type: 'section', block_id: 's', text: { type: 'mrkdwn', text: 'Use *two* people. <b>not bold</b>' } },
  {
    type: 'input',
    block_id: 'note',
    optional: true,
    label: text('Note'),
    element: { type: 'plain_text_input', action_id: 'note' },
  },
  {
    type: 'actions',
    block_id: 'acts',
    elements: [
      { type: 'button', action_id: 'done', text: text('Done') },
      {
        type: 'button',
        action_id: 'cut',
        style: 'danger',
        text: text('Cut the line'),
        confirm: {
          title: text('Cut?'),
          text: text('All clients lose their monitoring.'),
          confirm: text('Cut it'),
          deny: text('Wait'),
        },
      },
    ],
  },
];
const declare = {
  type: 'modal',
  callback_id: 'declare',
  title: text('Start an incident'),
  submit: text('Start'),
  blocks: [
    {
      type: 'input',
      block_id: 'now',
      label: text('Still happening?'),
      element: {
        type: 'radio_buttons',
        action_id: 'v',
        options: ['Yes', 'Not sure'].map((word) => ({ text: text(word), value: word })),
      },
    },
    {
      type: 'input',
      block_id: 'what',
      label: text('What does it look like?'),
      element: { type: 'plain_text_input', action_id: 'v', multiline: true },
    },
  ],
};

describe.skipIf(CHROMIUM === undefined)('two people in two browsers', () => {
  let running: Running;
  let bolt: { stop(): Promise<void> };
  let browser: Browser;
  let ada: Page;
  let ben: Page;
  const errors: string[] = [];

  async function person(name: string, options: Parameters<Browser['newContext']>[0]): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(running.base);
    await page.getByRole('button', { name }).click();
    return page;
  }

  beforeAll(async () => {
    const { chromium } = await import('playwright-core');
    running = await startRoom();
    bolt = await startBolt(running, (app) => {
      app.command('/incident', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: declare as never });
      });
      app.view('declare', async ({ ack, client, body, view }) => {
        if (view.state.values.what?.v?.value === 'x')
          return ack({ response_action: 'errors', errors: { what: 'Say a little more.' } });
        await ack();
        const made = await client.conversations.create({ name: 'inc-1', is_private: true });
        const channel = made.channel?.id ?? '';
        await client.conversations.invite({ channel, users: body.user.id });
        await client.chat.postMessage({ channel, text: 'Step 1', blocks: step(1) as never });
      });
      app.action('done', async ({ ack, client, body }) => {
        await ack();
        if (body.type !== 'block_actions' || body.message === undefined) return;
        await client.chat.update({
          channel: body.channel?.id ?? '',
          ts: body.message.ts,
          text: 'Step 2',
          blocks: step(2) as never,
        });
      });
      app.action('cut', async ({ ack, client, body }) => {
        await ack();
        await client.chat.postMessage({ channel: body.channel?.id ?? '', text: `<@${body.user.id}> cut the line` });
      });
    });
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    ada = await person('Ada Okafor', { viewport: { width: 1200, height: 800 } });
    ben = await person('Ben Lindqvist', { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true });
  });

  afterAll(async () => {
    await browser?.close();
    await bolt?.stop();
    await running?.stop();
  });

  test('a message by one shows for the other at once, and what they wrote is text', async () => {
    await ada.getByRole('link', { name: 'general' }).click();
    await ben.getByRole('button', { name: 'Places' }).click();
    await ben.getByRole('link', { name: 'general' }).click();
    await ada.getByRole('textbox', { name: 'Message #general' }).fill('Look at *this* <img src=x onerror=alert(1)>');
    await ada.keyboard.press('Enter');
    await ben.getByRole('listitem').getByText('Look at this <img src=x onerror=alert(1)>').waitFor();
    expect(await ben.locator('.message strong', { hasText: 'this' }).count()).toBe(1);
  });

  test('an edit, a reaction, a thread reply and a deletion show for the other too', async () => {
    const mine = ada.getByRole('listitem').filter({ hasText: 'Look at' });
    await mine.hover();
    await mine.getByRole('button', { name: 'More about this message' }).click();
    await ada.getByRole('menuitem', { name: 'Edit' }).click();
    await ada.getByRole('textbox', { name: 'Edit your message' }).fill('Look at that');
    await ada.keyboard.press('Enter');
    await ben.getByText('Look at that').waitFor();
    await ben.getByRole('button', { name: 'More about this message' }).click();
    await ben.getByRole('menuitem', { name: 'Add a reaction' }).click();
    await ben.getByRole('menuitem', { name: /eyes/ }).click();
    await ada.getByRole('button', { name: 'eyes, Ben Lindqvist' }).waitFor();
    await ben.getByRole('button', { name: 'More about this message' }).click();
    await ben.getByRole('menuitem', { name: 'Reply in thread' }).click();
    await ben.getByRole('textbox', { name: 'Reply…' }).fill('I see it');
    await ben.keyboard.press('Enter');
    await ada.getByRole('button', { name: /1 reply/ }).click();
    await ada.getByRole('complementary', { name: 'Thread' }).getByText('I see it').waitFor();
    await ben.getByRole('button', { name: 'Close the thread' }).click();
    await mine.first().hover();
    await mine.first().getByRole('button', { name: 'More about this message' }).click();
    await ada.getByRole('menuitem', { name: 'Delete' }).click();
    await ada.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await ben.getByText('This message was deleted.').waitFor();
  });

  test('behind the first door is a form; what is missing is said; sent, it leads to a channel of its own', async () => {
    await ben.getByRole('button', { name: 'Places' }).click();
    await ben.getByRole('link', { name: 'Start' }).click();
    await ben.getByRole('button', { name: 'Start an incident' }).click();
    const form = ben.getByRole('dialog', { name: 'Start an incident' });
    await form.getByRole('radio', { name: 'Not sure' }).check();
    await form.getByRole('button', { name: 'Start', exact: true }).click();
    await form.getByText('Please fill this in.').waitFor();
    await form.getByRole('textbox', { name: 'What does it look like?' }).fill('x');
    await form.getByRole('button', { name: 'Start', exact: true }).click();
    await form.getByText('Say a little more.').waitFor();
    expect(await form.getByRole('radio', { name: 'Not sure' }).isChecked()).toBe(true);
    await form.getByRole('textbox', { name: 'What does it look like?' }).fill('odd scripts');
    await form.getByRole('button', { name: 'Start', exact: true }).click();
    await ben.getByRole('heading', { name: 'Step 1: isolate the server' }).waitFor();
    expect(await ben.getByText('Use two people. <b>not bold</b>').count()).toBe(1);
    expect(await ada.getByText('Step 1').count()).toBe(0);
  });

  test('a click changes the card for both, and what was being typed in it stays', async () => {
    await ben.getByRole('textbox', { name: /^Message #inc-1/ }).fill('/invite @ada.okafor');
    await ben.keyboard.press('Enter');
    await ada.getByRole('button', { name: 'Go there' }).click();
    await ada.getByRole('textbox', { name: 'Note' }).fill('half a sentence');
    await ben.getByRole('button', { name: 'Done' }).click();
    await ada.getByRole('heading', { name: 'Step 2: isolate the server' }).waitFor();
    expect(await ada.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('half a sentence');
    expect(await ada.evaluate("document.activeElement.closest('[data-block]').dataset.block")).toBe('note');
  });

  test('a destructive button asks first, with the keyboard alone', async () => {
    await ada.getByRole('button', { name: 'Cut the line' }).focus();
    await ada.keyboard.press('Enter');
    const dialog = ada.getByRole('dialog', { name: 'Cut?' });
    await dialog.getByRole('button', { name: 'Wait' }).waitFor();
    await ada.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await ada.keyboard.press('Enter');
    await ada.keyboard.press('Tab');
    await ada.keyboard.press('Enter');
    const said = ben.getByRole('listitem').getByText('@Ada Okafor cut the line');
    await said.waitFor();
    expect(await said.count()).toBe(1);
  });

  test('commands are completed, an unknown one is explained, and nothing typed is lost', async () => {
    const line = ada.getByRole('textbox', { name: /^Message #inc-1/ });
    await line.fill('');
    await line.pressSequentially('/inc');
    await ada.getByRole('option', { name: /\/incident/ }).waitFor();
    await line.fill('/nonsense now');
    await ada.keyboard.press('Escape');
    await ada.keyboard.press('Enter');
    await ada.getByText('There is no command /nonsense.').waitFor();
    expect(await line.inputValue()).toBe('/nonsense now');
    await ada.reload();
    expect(await ada.getByRole('textbox', { name: /^Message #inc-1/ }).inputValue()).toBe('/nonsense now');
  });

  test('the tabs of one browser share one stream, and each shows what comes', async () => {
    const second = await ada.context().newPage();
    const streams: string[] = [];
    for (const page of [ada, second])
      page.on('request', (request) => request.url().includes('/events') && streams.push(request.url()));
    await second.goto(running.base);
    await second.getByRole('link', { name: 'general' }).click();
    await ada.bringToFront();
    await ada.getByRole('link', { name: 'general' }).click();
    await ben.goto(`${running.base}/#/`);
    await ben.getByRole('button', { name: 'Places' }).click();
    await ben.getByRole('link', { name: 'general' }).click();
    await ben.getByRole('textbox', { name: 'Message #general' }).fill('to both tabs');
    await ben.keyboard.press('Enter');
    for (const page of [ada, second]) await page.getByRole('listitem').getByText('to both tabs').waitFor();
    await second.close();
    await ben.getByRole('textbox', { name: 'Message #general' }).fill('to the one that is left');
    await ben.keyboard.press('Enter');
    await ada.getByRole('listitem').getByText('to the one that is left').waitFor();
  });

  test('no page broke its own policy or threw', () => {
    expect(errors).toEqual([]);
  });

  test('when the room stops and starts again, pages say so, keep what was typed, and go on', async () => {
    const port = Number(new URL(running.base).port);
    await ada.getByRole('textbox', { name: 'Message #general' }).fill('half written');
    await running.stop();
    await ada.getByText('The connection to the room is lost. Trying again').waitFor();
    await ada.keyboard.press('Enter');
    await ada.getByText('The room cannot be reached, so this was not done.').waitFor();
    running = await startRoom({ shelf: running.shelf }, port);
    await ada.getByText('The connection to the room is lost. Trying again').waitFor({ state: 'hidden' });
    expect(await ada.getByRole('textbox', { name: 'Message #general' }).inputValue()).toBe('half written');
    await ada.getByRole('textbox', { name: 'Message #general' }).press('Enter');
    await ben.getByRole('listitem').getByText('half written').waitFor();
  });
});
