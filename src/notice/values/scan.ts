import type { Mention } from './mention.ts';

/** Characters that cannot be seen and change what a reader or a parser reads. */
const HIDDEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** True where the text holds characters that a person approving it cannot see. */
export function hasHidden(text: string): boolean {
  return new RegExp(HIDDEN.source, 'u').test(text);
}

/** One notation for what typewriters, word processors and defanging write differently. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(HIDDEN, '')
    .replaceAll(/[\u00a0\u2007\u2009\u202f]/g, ' ')
    .replaceAll(/[\u2010-\u2012\u2212]/g, '-')
    .replaceAll(/\s*[\u2013\u2014]\s*/g, (m) => (m.trim() === m ? '-' : ' - '))
    .replaceAll(/[\u2018\u2019\u02bc]/g, "'")
    .replaceAll(/[\u201c\u201d\u201e«»]/g, '"')
    .replaceAll(/\bh(?:xx|XX|\*\*)p(s?)\b/gi, 'http$1')
    .replaceAll(/\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/gi, '.')
    .replaceAll(/\s?[[({]\s?(?:@|at)\s?[\])}]\s?/gi, '@')
    .replaceAll(/\[:\](\/\/)?/g, ':$1')
    .replaceAll(/\[:\/\/\]/g, '://');
}

/** A text from which values are taken one family after the other; what one took, the next cannot see. */
export class Scan {
  readonly text: string;
  readonly found: Mention[] = [];
  private left: string;

  constructor(text: string) {
    this.text = text;
    this.left = text;
  }

  /** Takes every match that `read` makes a mention of; undefined leaves it for the next family. */
  take(pattern: RegExp, read: (match: RegExpExecArray) => Partial<Mention> | Partial<Mention>[] | undefined): void {
    for (const match of [...this.left.matchAll(pattern)]) {
      const made = read(match);
      if (made === undefined) continue;
      const start = match.index;
      const end = start + match[0].length;
      for (const part of Array.isArray(made) ? made : [made]) this.found.push(mention(part, match[0], start, end));
      this.hide(start, end);
    }
  }

  hide(start: number, end: number): void {
    this.left = this.left.slice(0, start) + '\ue000'.repeat(end - start) + this.left.slice(end);
  }

  get rest(): string {
    return this.left;
  }

  sortedTimes(): Mention[] {
    return this.sorted().filter(({ type }) => type === 'time');
  }

  replaceTimes(times: Mention[]): void {
    const others = this.found.filter(({ type }) => type !== 'time');
    this.found.splice(0, this.found.length, ...others, ...times);
  }

  sorted(): Mention[] {
    return this.found.sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

function mention(part: Partial<Mention>, raw: string, start: number, end: number): Mention {
  return { type: 'id', keys: [], also: [], bound: 'exact', amount: Number.NaN, raw: raw.trim(), start, end, ...part };
}
