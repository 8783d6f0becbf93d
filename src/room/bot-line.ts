import { createHmac } from 'node:crypto';

export type BotReply = { status: number; contentType: string; body: string };
export type BotFailure = { failure: 'http_timeout' | 'connection_failed' };

/** Slack's own figure: an app has three seconds to answer. */
export const ANSWER_WITHIN_MS = 3000;

/** The line to the bot: signed HTTP requests in the form in which Slack sends them. */
export class BotLine {
  readonly #secret: string;
  readonly #now: () => number;
  #url: string;

  constructor(url: string, signingSecret: string, now: () => number) {
    this.#url = url;
    this.#secret = signingSecret;
    this.#now = now;
  }

  connect(url: string): void {
    this.#url = url;
  }

  get connected(): boolean {
    return this.#url !== '';
  }

  /** An event, as JSON. */
  event(body: string, headers: Record<string, string> = {}): Promise<BotReply | BotFailure> {
    return this.#post(body, 'application/json', headers);
  }

  /** A slash command, or an interaction in its `payload` field. */
  form(fields: Record<string, string>): Promise<BotReply | BotFailure> {
    return this.#post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', {});
  }

  async #post(body: string, contentType: string, headers: Record<string, string>): Promise<BotReply | BotFailure> {
    if (!this.connected) return { failure: 'connection_failed' };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        redirect: 'error',
        headers: { 'content-type': contentType, 'user-agent': 'Slackbot 1.0', ...this.#signature(body), ...headers },
        body,
        signal,
      });
      const text = await response.text();
      return { status: response.status, contentType: response.headers.get('content-type') ?? '', body: text };
    } catch {
      return { failure: signal.aborted ? 'http_timeout' : 'connection_failed' };
    }
  }

  /** Slack's signature, version 0: HMAC-SHA256 over `v0:timestamp:body`. */
  #signature(body: string): Record<string, string> {
    const at = String(Math.floor(this.#now() / 1000));
    const mac = createHmac('sha256', this.#secret).update(`v0:${at}:${body}`).digest('hex');
    return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac}` };
  }
}
