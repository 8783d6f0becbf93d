import { el, fill } from './dom.js';

/** The text with its line numbers. Lines do not wrap, so that a number always stands beside its line. */
export class Editor {
  #area;
  #lines;
  #count = 0;
  #marks = new Map();

  constructor(area, lines, { onChange, onMove }) {
    this.#area = area;
    this.#lines = lines;
    area.addEventListener('input', () => {
      this.#number();
      onChange();
    });
    area.addEventListener('scroll', () => this.#follow());
    let line = 0;
    document.addEventListener('selectionchange', () => {
      if (document.activeElement !== area || this.line === line) return;
      line = this.line;
      onMove(line);
    });
  }

  get text() {
    return this.#area.value;
  }

  /** The line of the caret, from 1. */
  get line() {
    return this.#area.value.slice(0, this.#area.selectionStart).split('\n').length;
  }

  put(text) {
    this.#area.value = text;
    this.#area.setSelectionRange(0, 0);
    this.#area.scrollTop = 0;
    this.#marks = new Map();
    this.#count = 0;
    this.#number();
  }

  focus() {
    this.#area.focus();
  }

  /** Marks the lines of problems; the worst of a line gives its colour. */
  mark(problems) {
    const worst = ['info', 'warn', 'error'];
    this.#marks = new Map();
    for (const { line, level } of problems) {
      const before = this.#marks.get(line);
      if (before === undefined || worst.indexOf(level) > worst.indexOf(before)) this.#marks.set(line, level);
    }
    this.#count = 0;
    this.#number();
  }

  /** Goes to a line, selects it, and brings it to where the eye is. */
  goTo(line, column = 1) {
    const lines = this.text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const end = start + (lines[line - 1]?.length ?? 0);
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(Math.min(start + column - 1, end), end);
    const height = Number.parseFloat(getComputedStyle(this.#area).lineHeight);
    this.#area.scrollTop = Math.max(0, (line - 1) * height - this.#area.clientHeight / 3);
    this.#area.scrollLeft = 0;
    this.#area.scrollIntoView({ block: 'nearest' });
  }

  #number() {
    const count = this.text.split('\n').length;
    if (count === this.#count) return;
    this.#count = count;
    const runs = [];
    let plain = [];
    for (let line = 1; line <= count; line++) {
      const level = this.#marks.get(line);
      plain.push(level === undefined ? String(line) : '');
      if (level === undefined) continue;
      plain.pop();
      runs.push(plain.length === 0 ? '' : `${plain.join('\n')}\n`, el('span', { class: level }, String(line)), '\n');
      plain = [];
    }
    fill(this.#lines, [...runs, plain.join('\n')]);
    this.#follow();
  }

  #follow() {
    this.#lines.scrollTop = this.#area.scrollTop;
  }
}
