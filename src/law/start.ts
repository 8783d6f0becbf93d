/** Which finding starts a clock. */
import type { Start } from './duty.ts';
import type { Moment } from './moment.ts';
import type { Scope } from './scope.ts';

export type Started = { anchor: string; moment: Moment };

/** The finding that starts the clock, or undefined while it is missing. */
export function startOf(start: Start, scope: Scope): Started | undefined {
  if (typeof start === 'string') return anchored(start, scope);
  if ('first' in start) {
    for (const option of start.first) {
      const found = startOf(option, scope);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const options = 'earliest' in start ? start.earliest : start.latest;
  const found = options.map((option) => startOf(option, scope)).filter((s) => s !== undefined);
  if ('latest' in start)
    return found.length === options.length ? found.reduce((a, b) => (b.moment.at > a.moment.at ? b : a)) : undefined;
  return found.length === 0 ? undefined : found.reduce((a, b) => (b.moment.at < a.moment.at ? b : a));
}

function anchored(name: string, scope: Scope): Started | undefined {
  if (name !== 'agent_discovered') {
    const moment = scope.anchors.get(name);
    return moment === undefined ? undefined : { anchor: name, moment };
  }
  // An agent's knowledge is ours. While nobody has said that the vendor is no agent, the earlier reading holds.
  const moment = scope.anchors.get('vendor_discovered');
  return moment === undefined || scope.vendor?.agent === false ? undefined : { anchor: 'vendor_discovered', moment };
}

/** The names a start waits for, in words. */
export function startNames(start: Start): string {
  if (typeof start === 'string') return start;
  if ('first' in start) return start.first.map(startNames).join(', else ');
  return 'earliest' in start ? start.earliest.map(startNames).join(' or ') : start.latest.map(startNames).join(' and ');
}
