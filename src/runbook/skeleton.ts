/** A runbook to start from: short, complete, and free of problems. `review` is an ISO date, `id` a slug. */
export function skeleton(title: string, id: string, review: string): string {
  return `---
title: ${JSON.stringify(title)}
id: ${id}
applies-to: []
roles: [Lead, IT lead, Communications]
questions:
  personal data: Could names, mail, pay or health records be affected?
review: ${review}
---

# ${title}

Say in one or two sentences when to open this runbook.

## Contain

### Stop the harm from growing

Role: IT lead
Within: 1 hour

- [ ] Write down what you see before you change anything
- [ ] Cut off the account, machine or supplier that the harm comes through

Evidence:

- [ ] Screenshot of what showed the problem, with the time (photo)

> [!CAUTION]
> Do not wipe or reinstall yet: what is on the machine may be evidence.

### Is it still going on?

Role: Lead
Within: 2 hours

- **Yes** → [Stop the harm from growing](#stop-the-harm-from-growing)
- **No** (default) → [Find out what was touched](#find-out-what-was-touched) — keep watching
- **We cannot say** → keep it cut off; ask again in 2 hours

## Investigate

### Find out what was touched

Role: IT lead
Within: 1 day
After: [Stop the harm from growing](#stop-the-harm-from-growing)

- [ ] List the systems and accounts that were reached
- [ ] If personal data: count the people and say what kind of data it is

## Notify

### Tell the people concerned (if personal data)

Role: Communications
Due: 72 hours after becoming aware

\`\`\`notice to=customers subject="About an incident on {{date}}"
What happened, what we have done, and what you should do.
\`\`\`

## Recover

- [ ] Put things back from a copy known to be clean (IT lead)
- [ ] Say what to do better next time, and change this runbook (Lead)
`;
}
