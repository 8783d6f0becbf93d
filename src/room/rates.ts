/**
 * Slack's rate limits: calls per minute for each method and workspace, and one message a second for each channel.
 * Tiers are Slack's (2 = 20, 3 = 50, 4 = 100 a minute); the bursts are those of a bucket that starts full.
 */
const TIERS: readonly [perMinute: number, methods: readonly string[]][] = [
  [
    20,
    [
      'conversations.create',
      'conversations.archive',
      'conversations.rename',
      'conversations.setTopic',
      'conversations.setPurpose',
      'conversations.list',
    ],
  ],
  [20, ['pins.add', 'pins.remove', 'pins.list', 'bookmarks.add', 'bookmarks.list', 'users.list', 'reactions.remove']],
  [50, ['chat.update', 'chat.delete', 'conversations.info', 'conversations.invite', 'conversations.join', 'conversations.kick']],
  [
    50,
    [
      'conversations.leave',
      'conversations.open',
      'conversations.history',
      'conversations.replies',
      'users.conversations',
      'reactions.add',
    ],
  ],
  [50, ['reactions.get', 'bots.info', 'team.info']],
  [100, ['chat.postEphemeral', 'views.open', 'views.publish', 'views.push', 'views.update', 'users.info', 'conversations.members']],
  [100, ['assistant.threads.setSuggestedPrompts', 'assistant.threads.setTitle']],
  [100, ['files.getUploadURLExternal', 'files.completeUploadExternal', 'files.info']],
];

/** Calls per minute of a method, or undefined for Slack's special methods. */
export function perMinute(method: string): number | undefined {
  return TIERS.find(([, methods]) => methods.includes(method))?.[0];
}

/** Messages that a channel takes at once before one a second is enforced. */
export const POST_BURST = 5;

type Bucket = { level: number; at: number };

/** Token buckets, one for each method, and one for each channel that is posted to. */
export class Rates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one call from its bucket; otherwise the seconds after which the caller may try again. */
  take(method: string, channel: string): number {
    if (method === 'chat.postMessage') return this.#draw(`${method} ${channel}`, POST_BURST, 1000);
    const calls = perMinute(method);
    return calls === undefined ? 0 : this.#draw(method, calls, 60_000 / calls);
  }

  #draw(name: string, capacity: number, refillMs: number): number {
    const now = this.#now();
    const { level, at } = this.#buckets.get(name) ?? { level: capacity, at: now };
    const filled = Math.min(capacity, level + (now - at) / refillMs);
    if (filled < 1) return Math.ceil(((1 - filled) * refillMs) / 1000);
    this.#buckets.set(name, { level: filled - 1, at: now });
    return 0;
  }
}
