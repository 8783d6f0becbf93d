/** What the entries of a record are about, coarsely enough to filter by and to draw as one line each. */
export const GROUPS = {
  decision: 'Decisions',
  step: 'Steps',
  fact: 'Findings and evidence',
  word: 'Notes, messages, questions',
  duty: 'Who must be told',
  outward: 'What left the building',
  team: 'Team and places',
  record: 'Keeping the record',
};

export type Group = keyof typeof GROUPS;

const BY_NOUN = new Map<string, Group>(
  Object.entries<Group>({
    decision: 'decision',
    step: 'step',
    check: 'step',
    precondition: 'step',
    row: 'step',
    runbook: 'step',
    question: 'step',
    finding: 'fact',
    evidence: 'fact',
    statement: 'fact',
    promise: 'fact',
    note: 'word',
    message: 'word',
    ask: 'word',
    anchor: 'duty',
    fact: 'duty',
    duty: 'duty',
    delivery: 'outward',
    notice: 'outward',
    reminder: 'outward',
    incident: 'team',
    actor: 'team',
    role: 'team',
    handover: 'team',
    place: 'team',
    client: 'team',
    lane: 'team',
    lanes: 'team',
    coordination: 'team',
    broadcast: 'outward',
    receipt: 'outward',
    call: 'outward',
  }),
);

/** The group of a kind, by its noun ("step" of "step.completed"); what is not known keeps the record. */
export function groupOf(kind: string): Group {
  return BY_NOUN.get(kind.split('.')[0] ?? '') ?? 'record';
}
