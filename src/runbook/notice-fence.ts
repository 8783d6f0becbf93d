import type { Code } from 'mdast';
import { sourceOf } from './markdown.ts';
import type { NoticeDraft } from './runbook.ts';

/** A ```notice to=customers subject="..." fence; GitHub shows it as code. `{{name}}` marks what is filled in later. */
export function noticeDraft(code: Code): NoticeDraft {
  const meta = code.meta ?? '';
  const subject = attribute(meta, 'subject');
  return {
    to: attribute(meta, 'to') ?? 'unnamed',
    ...(subject === undefined ? {} : { subject }),
    body: code.value,
    vars: [...new Set([...`${subject ?? ''}\n${code.value}`.matchAll(/\{\{\s*([\w.-]+)\s*\}\}/g)].map((match) => match[1] ?? ''))],
    source: sourceOf(code),
  };
}

function attribute(meta: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}=(?:"([^"]*)"|'([^']*)'|(\\S+))`).exec(meta);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
