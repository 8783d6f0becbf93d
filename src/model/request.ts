import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import type { z } from 'zod';
import type { Told } from '../desk/model-port.ts';
import { isUnsupported, REASONS, reasonOf } from './failures.ts';
import { guardedFetch } from './fetching.ts';
import type { ModelSettings } from './settings.ts';

/** Twenty seconds in all, whatever happens: after that the template has to do. */
const BUDGET_MS = 20_000;
const TOKENS_MAX = 3_000;

export type Prompt<T> = { name: string; schema: z.ZodType<T>; instructions: string; input: string };

type Raw = { text: string; tokens: number } | { reason: string };

/** One question to the model within the budget: never throws. No tools, nothing stored, no retries of the SDK's own. */
export class ModelLine {
  readonly #client: OpenAI;
  readonly #settings: ModelSettings;
  /** Some servers know only the older way; it is asked first once that is known. */
  #plainChat = false;

  constructor(settings: ModelSettings) {
    const { apiKey, baseUrl, budgetMs = BUDGET_MS } = settings;
    this.#settings = settings;
    this.#client = new OpenAI({
      apiKey,
      maxRetries: 0,
      timeout: budgetMs,
      logLevel: 'off',
      fetch: guardedFetch,
      ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    });
  }

  async ask<T>(prompt: Prompt<T>): Promise<Told<T>> {
    const stop = new AbortController();
    const late = Promise.withResolvers<Told<T>>();
    // The answer is called off, and nobody waits for that either: whoever asked goes on when the time is up.
    const timer = setTimeout(() => {
      stop.abort();
      late.resolve({ reason: REASONS.slow });
    }, this.#settings.budgetMs ?? BUDGET_MS);
    return Promise.race([this.#told(prompt, stop.signal), late.promise]).finally(() => clearTimeout(timer));
  }

  async #told<T>(prompt: Prompt<T>, signal: AbortSignal): Promise<Told<T>> {
    try {
      return read(await this.#raw(prompt, signal), prompt.schema);
    } catch (error) {
      return { reason: signal.aborted ? REASONS.slow : reasonOf(error) };
    }
  }

  async #raw(prompt: Prompt<unknown>, signal: AbortSignal): Promise<Raw> {
    if (this.#plainChat) return this.#chat(prompt, signal);
    try {
      return await this.#respond(prompt, signal);
    } catch (error) {
      if (!isUnsupported(error)) throw error;
      const answer = await this.#chat(prompt, signal);
      this.#plainChat = true;
      return answer;
    }
  }

  async #respond({ name, schema, instructions, input }: Prompt<unknown>, signal: AbortSignal): Promise<Raw> {
    const response = await this.#client.responses.create(
      {
        model: this.#settings.model,
        instructions,
        input,
        store: false,
        max_output_tokens: TOKENS_MAX,
        text: { format: zodTextFormat(schema, name) },
      },
      { signal },
    );
    if (response.output.some(({ type }) => type === 'function_call' || type === 'custom_tool_call'))
      return { reason: REASONS.tool };
    const said = response.output.flatMap((item) => (item.type === 'message' ? item.content : []));
    if (said.some(({ type }) => type === 'refusal')) return { reason: REASONS.refused };
    if (response.incomplete_details?.reason === 'content_filter') return { reason: REASONS.refused };
    if (response.status !== 'completed') return { reason: response.status === 'incomplete' ? REASONS.truncated : REASONS.down };
    const text = said.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
    return { text, tokens: response.usage?.total_tokens ?? 0 };
  }

  async #chat({ name, schema, instructions, input }: Prompt<unknown>, signal: AbortSignal): Promise<Raw> {
    const { choices, usage } = await this.#client.chat.completions.create(
      {
        model: this.#settings.model,
        store: false,
        max_completion_tokens: TOKENS_MAX,
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: input },
        ],
        response_format: zodResponseFormat(schema, name),
      },
      { signal },
    );
    const [choice] = choices;
    if (choice?.message.refusal || choice?.finish_reason === 'content_filter') return { reason: REASONS.refused };
    if ((choice?.message.tool_calls?.length ?? 0) > 0) return { reason: REASONS.tool };
    if (choice?.finish_reason === 'length') return { reason: REASONS.truncated };
    return { text: choice?.message.content ?? '', tokens: usage?.total_tokens ?? 0 };
  }
}

function read<T>(raw: Raw, schema: z.ZodType<T>): Told<T> {
  if ('reason' in raw) return raw;
  if (raw.text.trim() === '') return { reason: REASONS.empty };
  const parsed = schema.safeParse(JSON.parse(raw.text));
  return parsed.success ? { value: parsed.data, tokens: raw.tokens } : { reason: REASONS.malformed };
}
