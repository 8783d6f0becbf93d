/** What people say about each other and about entries: who holds which role, who takes a step, what an entry says. */
export type PeopleTalk =
  | { say: 'entry'; entry: number }
  | { say: 'correct'; entry: number; text: string; reason: string }
  | { say: 'role'; role: string; to?: string }
  | { say: 'take'; step?: string; to?: string }
  | { say: 'notice'; told: boolean }
  | { say: 'export' }
  | { say: 'undo' }
  | { say: 'scribe set'; every: number; handover: boolean }
  | { say: 'remind'; what: string; when: string; to?: string };

type Groups = { [name: string]: string | undefined };

const of = (pattern: string, flags = 'is'): RegExp => new RegExp(`^(?:${pattern})$`, flags);
const SOMEBODY = String.raw`<@\w+(?:\|[^>]*)?>`;
const ROLES =
  'lead|incident lead|technical lead|tech lead|scribe|communications|comms|account manager|owner|counsel|lawyer|insurer contact|forensics|developer';

/** Roles by the names that people use for them. */
const SHORT: Record<string, string> = {
  'incident lead': 'lead',
  'tech lead': 'technical lead',
  comms: 'communications',
  lawyer: 'counsel',
};

const roleNamed = (role = ''): string => SHORT[role.toLowerCase()] ?? role.toLowerCase();
const to = (who: string | undefined): { to?: string } => (who === undefined ? {} : { to: who });
const step = (number: string | undefined): { step?: string } => (number === undefined ? {} : { step: number.replace('#', '') });

const WHEN = String.raw`(?:in|at|by|within) (?:.{1,25}?)`;

const EVERY = '(?:every|each) (?<many>\\d{1,3} ?)?(?<unit>min(?:ute)?s?|h(?:ou)?rs?)';
const AT_HANDOVER = '(?:at|on) (?:every |a |each )?hand-?over';

const minutes = (many: string | undefined, unit: string | undefined): number =>
  unit === undefined ? 0 : Number(many ?? 1) * (unit.toLowerCase().startsWith('h') ? 60 : 1);

export const PEOPLE_RULES: { pattern: RegExp; read: (groups: Groups) => PeopleTalk }[] = [
  {
    pattern: of(String.raw`(?:(?:show|see|open|read|what(?:'s| is| does)?)(?: me)? )?(?:entry|#) ?#?(?<entry>\d{1,6})(?: say)?\??`),
    read: ({ entry }) => ({ say: 'entry', entry: Number(entry) }),
  },
  {
    pattern: of(
      String.raw`correct(?:ion)?(?: to| of)? (?:entry )?#?(?<entry>\d+)[:,]? (?<text>.+?)(?:[,;]?\s+(?:because|since)\b:?\s+(?<reason>.+))?`,
    ),
    read: ({ entry, text = '', reason = '' }) => ({ say: 'correct', entry: Number(entry), text, reason }),
  },
  {
    pattern: of(String.raw`(?:i am|i'm|im|i'll be|make me|i) (?:the |our )?(?<role>${ROLES})(?: now)?\.?`),
    read: ({ role }) => ({ say: 'role', role: roleNamed(role) }),
  },
  {
    pattern: of(String.raw`(?:make )?(?<who>${SOMEBODY}) (?:is |takes? |as )?(?:the |our )?(?<role>${ROLES})(?: now)?\.?`),
    read: ({ who, role }) => ({ say: 'role', role: roleNamed(role), ...to(who) }),
  },
  {
    pattern: of(`(?<who>[\\p{L}.-]{2,30}) is (?:now )?(?:the |our )?(?<role>${ROLES})`, 'isu'),
    read: ({ who, role }) => ({ say: 'role', role: roleNamed(role), ...to(who) }),
  },
  {
    pattern: of(
      String.raw`undo(?: (?:that|it|this|the last .+))?|(?:scrap|delete|remove|forget) (?:that|this|it|the|my)\b(?: last)?(?: note| entry| one| message)?|take (?:that|it) back`,
    ),
    read: () => ({ say: 'undo' }),
  },
  {
    pattern: of(String.raw`(?:role:? )(?<role>${ROLES})(?::| is| to)? (?<who>${SOMEBODY})`),
    read: ({ who, role }) => ({ say: 'role', role: roleNamed(role), ...to(who) }),
  },
  {
    pattern: of(String.raw`(?:i(?:'| wi)?ll |i )?(?:take|do) (?:step )?#?(?<step>\d+)`),
    read: (g) => ({ say: 'take', ...step(g.step) }),
  },
  { pattern: of(String.raw`(?:i(?:'| wi)?ll |i )?take (?:it|this|this one|the step)`), read: () => ({ say: 'take' }) },
  {
    pattern: of(String.raw`(?:assign|give)(?: step)? #?(?<step>\d+) to (?<who>${SOMEBODY}|me)`),
    read: ({ step: number, who }) => ({ say: 'take', ...step(number), ...(who === 'me' ? {} : to(who)) }),
  },
  {
    pattern: of(String.raw`(?<who>${SOMEBODY}) (?:takes|does|has) step #?(?<step>\d+)`),
    read: ({ step: number, who }) => ({ say: 'take', ...step(number), ...to(who) }),
  },
  {
    pattern: of(
      String.raw`remind (?<who>me|us|${SOMEBODY})(?: (?<before>${WHEN}))? (?:to|about|that|of) (?<what>.+?)(?: (?<after>${WHEN}))?`,
    ),
    read: ({ who, before, after, what = '' }) => ({
      say: 'remind',
      what,
      when: before ?? after ?? '',
      ...(who === 'me' || who === 'us' ? {} : to(who)),
    }),
  },
  {
    pattern: of(
      String.raw`(?:draft|write|prepare|new|start)(?: me| us)? (?:an? |the )?(?:\w+ ){0,3}(?:notice|statement|letter|notification|update)\b.*|notices?|holding statement`,
    ),
    read: () => ({ say: 'notice', told: false }),
  },
  {
    pattern: of(String.raw`(?:tell|inform|notify|e-?mail|send .{1,60} to) (?!me\b|us\b).+`),
    read: () => ({ say: 'notice', told: true }),
  },
  {
    pattern: of(`scribe:? (?:reads? )?(?:${EVERY})?(?:,? ?(?:and )?(?<handover>${AT_HANDOVER}))?`),
    read: ({ many, unit, handover }) => ({ say: 'scribe set', every: minutes(many, unit), handover: handover !== undefined }),
  },
  {
    pattern: of('scribe:? (?:off|stop|never|only when asked)'),
    read: () => ({ say: 'scribe set', every: 0, handover: false }),
  },
  { pattern: of('export(?: (?:it|this|the (?:record|incident|timeline)))?|pack'), read: () => ({ say: 'export' }) },
];
