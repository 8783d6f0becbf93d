import { createHash } from 'node:crypto';

/** A runbook with one of each: a precondition, checks, evidence, a decision with a branch, a question, a table, steps side by side. */
export const SOURCE = `---
title: A small runbook
id: small
roles: [Lead, Technical lead]
questions:
  personal data: Is personal data within reach?
review: 2027-01-01
---

# A small runbook

For tests of the desk.

## Contain

### Cut it off

Role: Technical lead
Within: 30 minutes

- [ ] Stop the service
- [ ] Block its addresses

### Tell the team

Role: Lead
Parallel: yes

- [ ] Everybody knows

### Secure the images

Role: Technical lead
After: [Cut it off](#cut-it-off)

Evidence:

- [ ] A picture of the console (photo)

### Do we keep it?

Role: Lead

- **Yes** → [Watch it](#watch-it)
- **No** → [Write it up](#write-it-up)

### Watch it

Role: Lead

1. Watch

### Write it up

Role: Lead
After: somebody has slept

1. Write
`;

export const SMALL = { id: 'small', file: 'small.md', source: SOURCE, digest: createHash('sha256').update(SOURCE).digest('hex') };
