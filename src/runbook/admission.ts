/** A runbook is read by people; nothing they write comes near these. Bigger or deeper is a fault or an attack. */
const MAX_BYTES = 256 * 1024;
const MAX_LINES = 10_000;
const MAX_DEPTH = 60;
const MAX_INDENT = 400;
/** Marks in one paragraph: pairing them up costs a parser the square of their number. */
const MAX_MARKS = 2_000;

const MARKERS = /^(?:[ \t]*(?:[-+*>?]|\d{1,9}[.)])(?=[ \t>]|$))+/;
const RUN = /([[({<>!*_`~])\1{199,}/;
const NEW_BLOCK = /^\s*(?:[-+*>#|]|\d{1,9}[.)]|$)/;

/**
 * Why a text is not read at all, in one sentence; undefined when it may be parsed. One pass, no recursion: it must
 * stand before every parser, because a deep nest costs them their stack.
 */
export function refusalOf(text: string): string | undefined {
  if (text.length > MAX_BYTES) return 'The file is larger than 256 KB; split it into several runbooks';
  if (text.includes('\0')) return 'The file holds binary data, not text; save it as UTF-8 markdown';
  const lines = text.split('\n');
  if (lines.length > MAX_LINES) return `The file has more than ${MAX_LINES} lines; split it into several runbooks`;
  let depth = 0;
  let marks = 0;
  for (const [index, line] of lines.entries()) {
    const fresh = NEW_BLOCK.test(line);
    depth = nesting(line, fresh && line.trim() === '' ? 0 : depth);
    marks = (fresh ? 0 : marks) + marksIn(line);
    if (depth > MAX_DEPTH || containers(line) > MAX_DEPTH || indent(line) > MAX_INDENT || isRun(line))
      return `Line ${index + 1} is nested too deep to be a runbook; flatten it`;
    if (marks > MAX_MARKS) return `Line ${index + 1} has too many marks to be a runbook; write it as plain text`;
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

function marksIn(line: string): number {
  return line.length < 64 ? 0 : (line.match(/[[\]<*_`]|!\[|&[a-z#]/g)?.length ?? 0);
}

/** Block quotes and lists opened on one line; a rule (`* * *`) opens none. */
function containers(line: string): number {
  const markers = MARKERS.exec(line)?.[0].replace(/\s+/g, '') ?? '';
  return markers.length > MAX_DEPTH && /^([-*])\1+$/.test(line.replace(/\s+/g, '')) ? 0 : markers.length;
}

function indent(line: string): number {
  return line.length - line.trimStart().length;
}

/** A long run of one mark, unless the line is a rule made of it. */
function isRun(line: string): boolean {
  return line.length >= 200 && RUN.test(line) && !/^\s*([*_`~])\1+\s*$/.test(line);
}
