import type { Draft } from './draft.ts';
import { type Block, blocksOf, fieldOf, type Letterhead, type Paragraph as Said } from './letter.ts';
import { isolated, isRightToLeft, lettersIn } from './letter-words.ts';

/** Twentieths of a point: 25 mm margins of a business letter; A4 and US Letter. Sizes of type are half points: none below 10 points. */
const MARGIN = 1417;
const PAGES = { a4: { width: 11906, height: 16838 }, letter: { width: 12240, height: 15840 } };
const FONT = 'Arial';
const [SMALL, BODY, HEADING, TITLE] = [20, 21, 22, 26];
const GREY = '595959';

type Word = typeof import('docx');

/**
 * The draft as a Word letter that a firm would sign: letterhead, address, date and reference, subject, text at 10.5 points
 * (California asks for no smaller than 10), room to sign, page numbers. The library is loaded only when a letter is made.
 */
export async function docxOf(draft: Draft, headings: ReadonlySet<string>, head: Letterhead): Promise<Uint8Array> {
  const word = await import('docx');
  return new Letter(word, head).bytes(blocksOf(draft, headings));
}

class Letter {
  readonly #word: Word;
  readonly #head: Letterhead;
  readonly #rtl: boolean;

  constructor(word: Word, head: Letterhead) {
    this.#word = word;
    this.#head = head;
    this.#rtl = isRightToLeft(head.language);
  }

  async bytes(blocks: Block[]): Promise<Uint8Array> {
    const { Document, Packer } = this.#word;
    const { subject, sender, language, paper } = this.#head;
    const document = new Document({
      title: subject,
      subject,
      creator: sender.name,
      lastModifiedBy: sender.name,
      styles: this.#styles(language),
      numbering: { config: [{ reference: 'facts', levels: [this.#bullet()] }] },
      sections: [
        {
          properties: {
            page: {
              size: PAGES[paper],
              margin: { top: 1021, bottom: 1021, left: MARGIN, right: MARGIN, header: 567, footer: 567 },
            },
          },
          headers: { default: this.#header() },
          footers: { default: this.#footer() },
          children: [...this.#opening(blocks), ...this.#body(blocks), ...this.#closing()],
        },
      ],
    });
    return new Uint8Array(await Packer.toArrayBuffer(document));
  }

  #styles(language: string) {
    const tag = { value: language, eastAsia: language, bidirectional: language };
    const heading = (size: number, before: number) => ({
      run: { font: FONT, size, bold: true, color: '000000' },
      paragraph: { spacing: { before, after: 60 }, keepNext: true },
    });
    return {
      default: {
        document: { run: { font: FONT, size: BODY, language: tag }, paragraph: { spacing: { after: 100, line: 254 } } },
        heading1: heading(TITLE, 240),
        heading2: heading(HEADING, 180),
      },
    };
  }

  #bullet() {
    return {
      level: 0,
      format: this.#word.LevelFormat.BULLET,
      text: '•',
      style: { paragraph: { indent: { left: 425, hanging: 283 } } },
    };
  }

  #text(text: string, run: object = {}) {
    const shown = isolated(text, this.#head.language);
    return new this.#word.TextRun({ text: shown, ...(this.#rtl ? { rightToLeft: true } : {}), ...run });
  }

  #line(text: string, paragraph: object = {}, run: object = {}) {
    const children = text === '' ? [] : [this.#text(text, run)];
    return new this.#word.Paragraph({ ...(this.#rtl ? { bidirectional: true } : {}), ...paragraph, children });
  }

  /** Who writes, and what this is while it is not the real thing. */
  #header() {
    const { AlignmentType, BorderStyle, Header } = this.#word;
    const { marks, sender } = this.#head;
    const line = { bottom: { style: BorderStyle.SINGLE, size: 6, space: 6, color: GREY } };
    const about = [sender.address.join(', '), sender.contact.join('  ·  ')].filter((text) => text !== '');
    return new Header({
      children: [
        ...marks.map((mark) => this.#line(mark, { alignment: AlignmentType.CENTER, spacing: { after: 60 } }, MARK)),
        this.#line(sender.name, { spacing: { after: 0 } }, { bold: true, size: 30 }),
        ...about.slice(0, -1).map((text) => this.#line(text, { spacing: { after: 0 } }, QUIET)),
        this.#line(about.at(-1) ?? '', { spacing: { after: 300 }, border: line }, QUIET),
      ],
    });
  }

  #footer() {
    const { AlignmentType, Footer, PageNumber, Paragraph, TextRun } = this.#word;
    const { language, reference } = this.#head;
    const { page, of } = lettersIn(language);
    const children = [`${reference}  ·  ${page} `, PageNumber.CURRENT, ` ${of} `, PageNumber.TOTAL_PAGES];
    const run = new TextRun({ children, ...QUIET, ...(this.#rtl ? { rightToLeft: true } : {}) });
    const bidirectional = this.#rtl ? { bidirectional: true } : {};
    return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, ...bidirectional, children: [run] })] });
  }

  /** Address, date, reference, subject and salutation; a draft that greets its reader itself is not greeted twice. */
  #opening(blocks: Block[]) {
    const { HeadingLevel } = this.#word;
    const { recipient, date, reference, subject, language } = this.#head;
    const { reference: label, toWhom } = lettersIn(language);
    const lines = [recipient.name, ...recipient.address].filter((line) => line !== '');
    const said = blocks.flatMap(({ heading, paragraphs }) => [heading ?? '', ...paragraphs.map(({ text }) => text)]);
    const greets = said.slice(0, 4).some((text) => /^\p{Lu}[^.!?]{2,80}[,:،]$/u.test(text));
    return [
      ...lines.map((line, at) => this.#line(line, { spacing: { after: at === lines.length - 1 ? 240 : 0 } })),
      this.#line(date, { spacing: { after: 0 } }),
      this.#line(`${label}: ${reference}`, { spacing: { after: 240 } }, QUIET),
      ...(said.includes(subject)
        ? []
        : [this.#line(subject, { heading: HeadingLevel.HEADING_1, spacing: { before: 0, after: 200 } })]),
      ...(greets ? [] : [this.#line(toWhom)]),
    ];
  }

  /** The last lines go with the signature: nobody signs an empty page. */
  #body(blocks: Block[]) {
    const last = blocks.at(-1)?.paragraphs.at(-1);
    return blocks.flatMap((block) => this.#block(block, last));
  }

  #block({ heading, paragraphs }: Block, last: Said | undefined) {
    const { HeadingLevel } = this.#word;
    const level = heading === this.#head.subject ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
    return [
      ...(heading === undefined ? [] : [this.#line(heading, { heading: level })]),
      ...groupsOf(paragraphs).flatMap((group) => this.#group(group, last)),
    ];
  }

  /** Two or more fields beside each other are a table; everything else are paragraphs. */
  #group(group: Said[], last: Said | undefined) {
    if (group[0]?.as === 'field' && group.length > 1) return [this.#table(group), this.#line('', { spacing: { after: 0 } })];
    const item = { numbering: { reference: 'facts', level: 0 } };
    return group.map((one) =>
      this.#line(one.text, { keepNext: one === last, keepLines: true, ...(one.as === 'item' ? item : {}) }),
    );
  }

  #table(group: Said[]) {
    const { BorderStyle, Table, TableCell, TableLayoutType, TableRow, WidthType } = this.#word;
    const all = PAGES[this.#head.paper].width - 2 * MARGIN;
    const widths = [Math.round(all * 0.36), all - Math.round(all * 0.36)];
    const thin = { style: BorderStyle.SINGLE, size: 4, color: 'BFBFBF' };
    const borders = { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin };
    const cell = (text: string, at: number) =>
      new TableCell({
        width: { size: widths[at] ?? all, type: WidthType.DXA },
        margins: { top: 60, bottom: 60, left: 100, right: 100 },
        children: [this.#line(text, { spacing: { after: 0 } }, at === 0 ? { bold: true } : {})],
      });
    return new Table({
      columnWidths: widths,
      width: { size: all, type: WidthType.DXA },
      layout: TableLayoutType.FIXED,
      borders,
      ...(this.#rtl ? { visuallyRightToLeft: true } : {}),
      rows: group.map(({ text }) => new TableRow({ cantSplit: true, children: fieldOf(text).map(cell) })),
    });
  }

  /** Closing, room to sign, and whose name stands under it. */
  #closing() {
    const { language, signature, sender, enclosures } = this.#head;
    const { yours, enclosures: label } = lettersIn(language);
    const together = { keepNext: true, keepLines: true };
    const names = [signature.role, sender.name].filter((line) => line !== '');
    return [
      this.#line(yours, { ...together, spacing: { before: 280, after: 720 } }),
      this.#line('________________________________', { ...together, spacing: { after: 60 } }, { color: GREY }),
      this.#line(signature.name, { ...together, spacing: { after: 0 } }, { bold: true }),
      ...names.map((line) => this.#line(line, { ...together, spacing: { after: 0 } })),
      this.#line('', { spacing: { after: 0 } }),
      ...(enclosures.length === 0 ? [] : [this.#line(`${label}: ${enclosures.join('; ')}`)]),
    ];
  }
}

const QUIET = { size: SMALL, color: GREY };
const MARK = { bold: true, size: HEADING, color: 'C00000' };

/** Neighbours of one kind together. */
function groupsOf(paragraphs: Said[]): Said[][] {
  const groups: Said[][] = [];
  for (const one of paragraphs) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.as === one.as) last.push(one);
    else groups.push([one]);
  }
  return groups;
}
