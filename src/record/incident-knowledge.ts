import type { Entry } from './entry.ts';
import type { Incident, Note } from './incident.ts';

/** The part of the fold that knows what the team noted, found, decided, asked and kept. */
export function evolveKnowledge(incident: Incident, entry: Entry): void {
  evolveNotes(incident, entry);
  evolveAnswers(incident, entry);
}

function evolveNotes(incident: Incident, entry: Entry): void {
  const { seq, at, actor: by } = entry;
  switch (entry.kind) {
    case 'note.recorded': {
      const step = entry.body.step === undefined ? {} : { step: entry.body.step };
      incident.notes.push({ seq, at: entry.occurred ?? at, by, text: entry.texts.text, deleted: false, edits: 0, ...step });
      break;
    }
    case 'message.kept': {
      const { message } = entry.body;
      incident.notes.push({ seq, at: entry.occurred ?? at, by, text: entry.texts.text, message, deleted: false, edits: 0 });
      break;
    }
    case 'message.edited': {
      const note = noteAt(incident, entry.body.of);
      if (note !== undefined) Object.assign(note, { text: entry.texts.text, edits: note.edits + 1 });
      break;
    }
    case 'message.deleted': {
      const note = noteAt(incident, entry.body.of);
      if (note !== undefined) note.deleted = true;
      break;
    }
    case 'entry.corrected': {
      const note = noteAt(incident, entry.body.replaces);
      if (note !== undefined) Object.assign(note, { text: entry.texts.text, edits: note.edits + 1 });
      incident.corrections.set(entry.body.replaces, { by: seq, text: entry.texts.text, at });
      break;
    }
    case 'evidence.added': {
      const { evidence: id, bytes, mediaType } = entry.body;
      const step = entry.body.step === undefined ? {} : { step: entry.body.step };
      incident.evidence.push({ id, seq, name: entry.texts.name, bytes, mediaType, at, by, ...step });
      break;
    }
  }
}

const noteAt = (incident: Incident, seq: number): Note | undefined => incident.notes.find((note) => note.seq === seq);

function evolveAnswers(incident: Incident, entry: Entry): void {
  const { seq, at, actor: by } = entry;
  switch (entry.kind) {
    case 'finding.recorded': {
      const { status, asOf, supersedes } = entry.body;
      const source = entry.texts.source === undefined ? {} : { source: entry.texts.source };
      const before = incident.findings.find((finding) => finding.seq === supersedes);
      if (before !== undefined) before.supersededBy = seq;
      incident.findings.push({ seq, about: entry.texts.about, text: entry.texts.text, status, asOf, by, ...source });
      break;
    }
    case 'decision.taken': {
      const { decision: id, reversible: _, ...body } = entry.body;
      const { question, choice, reason } = entry.texts;
      incident.decisions.push({ ...body, id, seq, at, question, choice, reason, reopened: false });
      break;
    }
    case 'decision.reopened': {
      const decision = incident.decisions.findLast(({ id }) => id === entry.body.decision);
      if (decision !== undefined) decision.reopened = true;
      break;
    }
    case 'ask.opened': {
      const { ask: id, ...body } = entry.body;
      incident.asks.push({ id, seq, by, question: entry.texts.question, ...body });
      break;
    }
    case 'ask.answered': {
      const ask = incident.asks.find(({ id }) => id === entry.body.ask);
      if (ask !== undefined) ask.answer = entry.texts.answer;
      break;
    }
    case 'statement.read':
      incident.statements.add(seq);
      if (entry.body.changes !== undefined) incident.changedStatements.set(entry.body.changes, seq);
      break;
    case 'promise.given': {
      const { promise: id, due } = entry.body;
      incident.promises.push({ id, who: entry.texts.who, text: entry.texts.text, seq, ...(due === undefined ? {} : { due }) });
      break;
    }
    case 'promise.ended': {
      const promise = incident.promises.find(({ id }) => id === entry.body.promise);
      if (promise !== undefined) promise.kept = entry.body.kept;
      break;
    }
  }
}
