import type { Workspace } from './workspace.ts';

/** `&`, `<` and `>` are control characters in Slack's texts. */
export function escapeControl(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a person typed, in Slack's form: control characters escaped, @names, #channels and links made into references. */
export function fromTyped(w: Workspace, typed: string): string {
  return escapeControl(typed)
    .replace(/\bhttps?:\/\/[^\s<>|"`]*[^\s<>|"`.,;:!?)\]}'*_~]/g, (url) => `<${url}>`)
    .replace(/(^|[\s(])@(here|channel|everyone)\b/g, '$1<!$2>')
    .replace(/(^|[\s(])@([\p{L}\p{N}._-]+)/gu, (whole, before: string, name: string) => mention(w, whole, before, name))
    .replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const channel = w.channels.all().find((known) => known.name === name);
      return channel === undefined ? whole : `${before}<#${channel.id}|${channel.kind === 'public' ? name : ''}>`;
    });
}

function mention(w: Workspace, whole: string, before: string, name: string): string {
  const known = new Map(w.people.all().map((person) => [person.name.toLowerCase(), person.id]));
  for (let length = name.length; length > 0; length--) {
    const id = known.get(name.slice(0, length).toLowerCase());
    // A handle may be followed by punctuation, never by more letters.
    if (id !== undefined && !/[\p{L}\p{N}]/u.test(name[length] ?? '')) return `${before}<@${id}>${name.slice(length)}`;
  }
  return whole;
}
