import type { Draft } from './draft.ts';
import type { Block, Letterhead } from './letter.ts';
import { blocksOf } from './letter.ts';
import type { Template } from './template.ts';

/** Twentieths of a point: 25 mm margins of a business letter, and A4. */
const MARGIN = 1417;
const PAGE = { width: 11906, height: 16838 };
const FONT = 'Calibri';
const GREY = '595959';

/**
 * The draft as a Word letter that a firm would sign: letterhead, address, date and reference, subject, text at 11 points
 * (California asks for no smaller than 10), signature line, page numbers. The library is loaded only when a letter is made.
 */
export async function docxOf(draft: Draft, template: Template | undefined, head: Letterhead): Promise<Uint8Array> {
  const { Document, Packer } = await import('docx');
  const word = await import('docx');
  const document = new Document({
    title: head.subject,
    creator: head.sender.name,
    description: `Notice ${draft.id ?? ''}`.trim(),
    styles: {
      default: { document: { run: { font: FONT, size: 22 }, paragraph: { spacing: { after: 120, line: 276 } } } },
    },
    numbering: {
      config: [
        {
          reference: 'facts',
          levels: [
            { level: 0, format: word.LevelFormat.BULLET, text: '•', style: { paragraph: { indent: { left: 425, hanging: 283 } } } },
          ],
        },
      ],
    },
    sections: [
      {
        properties: {
          page: { size: PAGE, margin: { top: 1134, bottom: 1134, left: MARGIN, right: MARGIN, header: 567, footer: 567 } },
        },
        headers: { default: header(word, head) },
        footers: { default: footer(word, head) },
        children: [...address(word, head), ...body(word, blocksOf(draft, template)), ...signature(word, head)],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

type Word = typeof import('docx');

function header(word: Word, head: Letterhead) {
  const { Header, Paragraph, TextRun, AlignmentType, BorderStyle } = word;
  const drill =
    head.drill === true
      ? [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: 'DRILL - not a real notice', bold: true, color: 'C00000' })],
          }),
        ]
      : [];
  return new Header({
    children: [
      ...drill,
      new Paragraph({ spacing: { after: 0 }, children: [new TextRun({ text: head.sender.name, bold: true, size: 30 })] }),
      new Paragraph({
        spacing: { after: 360 },
        border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 6, color: GREY } },
        children: [new TextRun({ text: [...head.sender.address, ...head.sender.contact].join('  ·  '), size: 17, color: GREY })],
      }),
    ],
  });
}

function footer(word: Word, head: Letterhead) {
  const { Footer, Paragraph, TextRun, PageNumber, AlignmentType } = word;
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            children: [`${head.reference}  ·  page `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
            size: 17,
            color: GREY,
          }),
        ],
      }),
    ],
  });
}

function address(word: Word, head: Letterhead) {
  const { Paragraph, TextRun } = word;
  const lines = [head.recipient.name, ...head.recipient.address];
  return [
    ...lines.map(
      (line, at) => new Paragraph({ spacing: { after: at === lines.length - 1 ? 360 : 0 }, children: [new TextRun(line)] }),
    ),
    new Paragraph({ spacing: { after: 0 }, children: [new TextRun(head.date)] }),
    new Paragraph({ spacing: { after: 360 }, children: [new TextRun({ text: `Our reference: ${head.reference}`, color: GREY })] }),
    new Paragraph({ spacing: { after: 240 }, children: [new TextRun({ text: head.subject, bold: true, size: 26 })] }),
  ];
}

function body(word: Word, blocks: Block[]) {
  const { Paragraph, TextRun, HeadingLevel } = word;
  return blocks.flatMap(({ heading, paragraphs }) => [
    ...(heading === undefined
      ? []
      : [
          new Paragraph({
            heading: HeadingLevel.HEADING_2,
            keepNext: true,
            spacing: { before: 240, after: 100 },
            children: [new TextRun({ text: heading, bold: true, size: 23, color: '000000', font: FONT })],
          }),
        ]),
    ...paragraphs.map(
      ({ text, list }) =>
        new Paragraph({ ...(list ? { numbering: { reference: 'facts', level: 0 } } : {}), children: [new TextRun(text)] }),
    ),
  ]);
}

function signature(word: Word, head: Letterhead) {
  const { Paragraph, TextRun } = word;
  return [
    new Paragraph({ keepNext: true, spacing: { before: 480, after: 900 }, children: [new TextRun('Yours sincerely')] }),
    new Paragraph({ keepNext: true, spacing: { after: 0 }, children: [new TextRun({ text: head.signature.name, bold: true })] }),
    new Paragraph({ spacing: { after: 0 }, children: [new TextRun(head.signature.role)] }),
    new Paragraph({ children: [new TextRun(head.sender.name)] }),
  ];
}
