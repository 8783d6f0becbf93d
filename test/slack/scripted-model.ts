import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelSettings } from '../../src/model/settings.ts';

/** A model server that says what a test tells it to, whatever it is asked, and remembers every prompt. */
export class ScriptedModel {
  readonly heard: string[] = [];
  /** By the name of the schema: answer, draft, proposals. What is a function is asked with the prompt. */
  readonly script = new Map<string, unknown>();
  #server: Server | undefined;

  async open(): Promise<ModelSettings> {
    const server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString('utf8');
      this.heard.push(body);
      const { text } = JSON.parse(body) as { text: { format: { name: string } } };
      const told = this.script.get(text.format.name) ?? { sentences: [], proposals: [] };
      const said = JSON.stringify(typeof told === 'function' ? told(body) : told);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: 'r',
          object: 'response',
          status: 'completed',
          output: [
            {
              type: 'message',
              id: 'm',
              role: 'assistant',
              status: 'completed',
              content: [{ type: 'output_text', text: said, annotations: [] }],
            },
          ],
          usage: { total_tokens: 1 },
        }),
      );
    });
    this.#server = server;
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return { apiKey: 'k', model: 'm', baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, budgetMs: 3_000 };
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** A proposal as a model gives it, with what does not apply left null. */
export const proposed = (more: object): object => ({
  message: 1,
  quote: '',
  kind: 'note',
  text: '',
  about: null,
  status: null,
  reason: null,
  who: null,
  occurred: null,
  due: null,
  step: null,
  entry: null,
  ...more,
});
