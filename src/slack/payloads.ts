import { z } from 'zod';

/** What Slack sends, as far as it is used. Anything else in a payload is left where it is. */
const user = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().optional(),
});
const team = z.object({ id: z.string() }).nullish();

const option = z.object({ value: z.string() });

export const BlockActions = z.object({
  type: z.literal('block_actions'),
  user,
  team,
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string(),
        action_ts: z.string().optional(),
        value: z.string().optional(),
        selected_option: option.nullish(),
        selected_options: z.array(option).optional(),
      }),
    )
    .min(1),
});
export type BlockActions = z.infer<typeof BlockActions>;

const file = z.object({
  id: z.string(),
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});
export type SlackFile = z.infer<typeof file>;

const field = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_user: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  selected_conversation: z.string().nullish(),
  files: z.array(file).nullish(),
});

export const ViewSubmission = z.object({
  type: z.literal('view_submission'),
  user,
  team,
  trigger_id: z.string().optional(),
  view: z.object({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), field)) }),
  }),
});
export type ViewSubmission = z.infer<typeof ViewSubmission>;

export const SlashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  user_name: z.string().optional(),
  team_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string(),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

export const MessageAction = z.object({
  type: z.literal('message_action'),
  callback_id: z.string(),
  user,
  team,
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts: z.string(),
    text: z.string().default(''),
    user: z.string().optional(),
    bot_id: z.string().optional(),
    files: z.array(z.object({ name: z.string().nullish() })).default([]),
  }),
});

const message = z.object({
  ts: z.string(),
  text: z.string().default(''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
});

const entities = z.object({ entities: z.array(z.object({ type: z.string(), value: z.unknown() })).optional() });

export const SlackEvent = z.object({
  type: z.string(),
  subtype: z.string().optional(),
  channel: z.string().optional(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  user_team: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  ts: z.string().optional(),
  event_ts: z.string().optional(),
  thread_ts: z.string().optional(),
  deleted_ts: z.string().optional(),
  message: message.optional(),
  previous_message: message.optional(),
  reaction: z.string().optional(),
  item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }).optional(),
  tab: z.string().optional(),
  /** What the person has open beside the conversation: of app_context_changed, and of a message in the agent view. */
  context: entities.optional(),
  app_context: entities.optional(),
  assistant_thread: z
    .object({
      user_id: z.string(),
      channel_id: z.string(),
      thread_ts: z.string(),
      context: z.object({ channel_id: z.string().optional() }).optional(),
    })
    .optional(),
});
export type SlackEvent = z.infer<typeof SlackEvent>;

/** The fields of a submitted form, by the names its blocks have. */
export class Form {
  readonly #values: ViewSubmission['view']['state']['values'];

  constructor(values: ViewSubmission['view']['state']['values']) {
    this.#values = values;
  }

  #field(name: string): z.infer<typeof field> | undefined {
    return Object.values(this.#values[name] ?? {})[0];
  }

  /** What was typed or chosen; empty where nothing was. */
  text(name: string): string {
    const found = this.#field(name);
    return (found?.value ?? found?.selected_option?.value ?? found?.selected_user ?? found?.selected_conversation ?? '').trim();
  }

  /** The same, or undefined where it was left empty. */
  maybe(name: string): string | undefined {
    const text = this.text(name);
    return text === '' ? undefined : text;
  }

  many(name: string): string[] {
    return this.#field(name)?.selected_options?.map(({ value }) => value) ?? [];
  }

  /** A chosen instant, ISO 8601. */
  when(name: string): string | undefined {
    const seconds = this.#field(name)?.selected_date_time;
    return seconds === null || seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
  }

  files(name: string): SlackFile[] {
    return this.#field(name)?.files ?? [];
  }

  has(name: string): boolean {
    return name in this.#values;
  }
}
