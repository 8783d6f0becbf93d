/** Parts that a notice may have to contain, by the names that templates use, recognised by their words. */
export const PARTS: Readonly<Record<string, { says: string; pattern: RegExp }>> = {
  action: {
    says: 'what we did',
    pattern:
      /\b(?:switched|shut|disconnected|blocked|isolated|disabled|revoked|turned|stopped|paused|removed|took|closed|rotated|patched|reset|installed|we have|we are)\b/i,
  },
  ask: {
    says: 'what the reader should do',
    pattern: /\b(?:please|do not|don't|leave|keep|must|need to|should|call us|nothing you need)\b/i,
  },
  unknown: {
    says: 'what is not known',
    pattern:
      /\b(?:do not (?:yet )?know|not (?:yet )?known|unknown|unclear|not yet|still checking|cannot (?:yet )?say|no logs|not available|limits?|no open question)\b/i,
  },
  basis: {
    says: 'the basis',
    pattern:
      /\b(?:not installed|not present|does not (?:use|run|have)|no install|never|version|outside the window|checked|reviewed|inventory|compared|moved|no \w+ agent)\b/i,
  },
  measures: {
    says: 'measures',
    pattern:
      /\b(?:measures?|switched|shut|disconnected|blocked|isolated|revoked|rotated|restored|patched|reset|removed|disabled|closed|updated|rebuilt|paused|installed|took)\b/i,
  },
  nature: {
    says: 'the nature of the incident',
    pattern:
      /\b(?:incident|encrypt|access|compromis|ransomware|malicious|unauthori[sz]ed|outage|nature|stolen|download|exploit|attack|vulnerab|flaw|web shell|injection)/i,
  },
  contact: { says: 'a contact', pattern: /\b(?:contact|call|phone|reach|write to|reply|e-?mail|tel|hotline)\b/i },
  said_before: {
    says: 'what was said before',
    pattern: /\b(?:said|told|wrote|stated|earlier|previous|our (?:notice|message|letter))\b/i,
  },
  policy: { says: 'the policy', pattern: /\bpolicy\b/i },
  consent: { says: 'the request for consent', pattern: /\b(?:consent|approv|agree)/i },
  preserve: { says: 'what to preserve', pattern: /\b(?:preserve|keep|retain|hold)\b/i },
  rights: { says: 'the reservation of rights', pattern: /\breserv/i },
  who_speaks: { says: 'who speaks', pattern: /\b(?:only|speak|questions?|refer|forward|route)\b/i },
  never_ask: { says: 'what we never ask for', pattern: /\b(?:never|not) (?:ask|call|request|send)\b|\bwill not ask\b/i },
  decision: { says: 'the decisions needed', pattern: /\bdecision|decide/i },
};
