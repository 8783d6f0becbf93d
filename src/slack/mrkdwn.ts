/**
 * Text for Slack. Whatever a person, a vendor or a runbook wrote is escaped before it stands in mrkdwn: `<!channel>`
 * typed by an attacker must not call the channel.
 */

/** Slack's three, and the controls that turn text around or hide it. */
export function safe(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/**
 * Without what turns text around, hides it, or is no character at all: `exe.gnp` must not read `png.exe`. Joiners stay where they
 * join: Persian and emoji need them.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[^\P{Cc}\n\t]/gu, '')
    .replace(/(?<![^\p{ASCII}])[\u200c\u200d]|[\u200c\u200d](?![^\p{ASCII}])/gu, '');
}

/** Undoes Slack's own escaping of message text that came in. */
export const asTyped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** At most `max` characters, with an ellipsis where something was cut; never through an escape. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max - 1)
    .replace(/&[a-z]{0,3}$/, '')
    .replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Runbook markdown as mrkdwn: bold, links as words, bullets. Anything else stays as it was typed. */
export function mrkdwn(markdown: string): string {
  return safe(markdown)
    .replace(/^#{1,6}\s+(.*)$/gm, '*$1*')
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/\[([^\]\n]+)\]\(#[^)\n]*\)/g, '_$1_')
    .replace(/\[([^\]\n]+)\]\((https:\/\/[^)\s|]+)\)/g, '<$2|$1>')
    .replace(/^(\s*)[-*+]\s+/gm, '$1• ');
}

/** An instant in the reader's own zone, with UTC beside it: nobody should have to convert at 3 a.m. */
export function when(iso: string): string {
  const seconds = Math.floor(Temporal.Instant.from(iso).epochMilliseconds / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${utc(iso)}> (${iso.slice(11, 16)} UTC)`;
}

/** "2 July 2021, 18:05 UTC", short: 2021-07-02 18:05 UTC. */
export const utc = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** How far off an instant is, in words: "in 12 minutes", "3 hours ago". */
export function distance(iso: string, now: number): string {
  const minutes = Math.round((Temporal.Instant.from(iso).epochMilliseconds - now) / 60_000);
  const size = Math.abs(minutes);
  const words =
    size < 1
      ? 'now'
      : size < 120
        ? `${size} min`
        : size < 48 * 60
          ? `${Math.round(size / 60)} h`
          : `${Math.round(size / 1440)} days`;
  return size < 1 ? words : minutes < 0 ? `${words} ago` : `in ${words}`;
}

/** A bar people can read with their eyes and with a screen reader. */
export function progressBar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((done / total) * 12);
  return `${'▰'.repeat(filled)}${'▱'.repeat(12 - filled)} ${done} of ${total} steps`;
}
