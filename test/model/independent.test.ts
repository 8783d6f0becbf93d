import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openModel } from '../../src/model/model.ts';

/** End to end against an OpenAI-compatible server that somebody else wrote. */
const server = new LLMock({ port: 0 });
let base = '';
beforeAll(async () => {
  server.onMessage(/payroll/, { content: JSON.stringify({ sentences: [{ text: 'An export is suspected.', cites: [7] }] }) });
  server.onMessage(/Tuesday/, {
    content: JSON.stringify({
      proposals: [
        {
          message: 1,
          quote: 'vendor says Tuesday',
          kind: 'promise',
          text: 'A fix on Tuesday',
          about: null,
          status: null,
          reason: null,
          who: 'the vendor',
          occurred: null,
          due: null,
          step: null,
          entry: null,
        },
      ],
    }),
  });
  base = await server.start();
});
afterAll(() => server.stop());

const about = { now: '2026-01-01T00:00:00Z', facts: [], steps: [] };

test('it answers, and proposes, over the protocol', async () => {
  const model = openModel({ apiKey: 'k', baseUrl: `${base}/v1`, model: 'gpt-4o' });
  expect(await model.answer('what about payroll?', about)).toMatchObject({ value: [{ cites: [7] }] });
  const message = { number: 1, at: '2026-01-01T00:00:00Z', speaker: 'Ben', text: 'vendor says Tuesday' };
  expect(await model.propose([message], about)).toMatchObject({ value: [{ kind: 'promise', who: 'the vendor' }] });
});

test('what the server does not know is an honest line', async () => {
  const model = openModel({ apiKey: 'k', baseUrl: `${base}/v1`, model: 'gpt-4o' });
  expect(await model.answer('something else', about)).toHaveProperty('reason');
});
