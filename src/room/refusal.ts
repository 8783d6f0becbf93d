import type { JsonObject } from './json.ts';

/** A call that Slack would refuse: `error` is Slack's own word for it, `detail` is added to the answer. */
export class Refusal extends Error {
  readonly error: string;
  readonly detail: JsonObject;

  constructor(error: string, detail: JsonObject = {}) {
    super(error);
    this.name = 'Refusal';
    this.error = error;
    this.detail = detail;
  }

  /** A refusal that says where the fault is, in the form in which Slack says it. */
  static at(error: string, messages: string[]): Refusal {
    return new Refusal(error, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
  }
}
