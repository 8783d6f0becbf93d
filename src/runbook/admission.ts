/** A runbook is read by people; nothing they write comes near these. Bigger or deeper is a fault or an attack. */
const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 60;
const MAX_INDENT = 400;

const MARKERS = /^(?:[ \t]*(?:[-+*>?]|\d{1,9}[.)])(?=[ \t>]|$))+/;
const RUN = /([[({<>!*_`~])\1{199,}/;

/**
 * Why a text is not read at all, in one sentence; undefined when it may be parsed. One pass, no recursion: it must
 * stand before every parser, because a deep nest costs them their stack.
 */
export function refusalOf(text: string): string | undefined {
  if (text.length > MAX_BYTES) return `The file is larger than 256 KB; split it into several runbooks`;
  if (text.includes('\0')) return 'The file holds binary data, not text; save it as UTF-8 markdown';
  let depth = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') depth = 0;
    depth = nesting(line, depth);
    if (depth > MAX_DEPTH || containers(line) > MAX_DEPTH || indent(line) > MAX_INDENT || isRun(line))
      return `Line ${index + 1} is nested too deep to be a runbook; flatten it`;
  }
  return undefined;
}

/** Brackets left open, with those of the lines before it. */
function nesting(line: string, before: number): number {
  if (!/[[\]{}]/.test(line)) return before;
  let depth = before;
  let most = before;
  for (const sign of line) {
    if (sign === '[' || sign === '{') most = Math.max(most, ++depth);
    else if ((sign === ']' || sign === '}') && depth > 0) depth -= 1;
  }
  return most > MAX_DEPTH ? most : depth;
}

/** Block quotes and lists opened on one line; a rule (`* * *`) opens none. */
function containers(line: string): number {
  const markers = MARKERS.exec(line)?.[0].replace(/\s+/g, '') ?? '';
  return markers.length > MAX_DEPTH && /^([-*])\1+$/.test(line.replace(/\s+/g, '')) ? 0 : markers.length;
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

function isRun(line: string): boolean {
  return RUN.test(line) && !/^\s*([*_`~])\1+\s*$/.test(line);
}
