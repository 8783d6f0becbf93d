import type { Desk } from '../../desk/desk.ts';
import { type TermsNews, termsNews } from '../../desk/terms.ts';
import { TermsDesk } from '../../desk/terms-desk.ts';
import { dueOfNotice, newsLines, noticeLine, sheetLines } from '../../desk/terms-lines.ts';
import { type TermsSheet, termsSheet } from '../../desk/terms-sheet.ts';
import type { RecordView } from '../../desk/view.ts';
import { actions, type Block, button, context, header, modal, section, type View } from '../blocks.ts';
import type { Card } from '../card.ts';
import { dueWords } from '../clocks/words.ts';
import { clip, safe } from '../mrkdwn.ts';

/** Contracts and policies, hotline first. It goes where this record is worked on, and names nobody else's terms. */
export async function termsCard(desk: Desk, view: RecordView): Promise<Card> {
  const entry = await new TermsDesk(desk).of(view);
  const { record } = view.incident;
  const title = `Terms: ${entry?.profile.name ?? view.incident.title}`;
  if (entry === undefined) return { text: safe(title), blocks: [header(title), section(EMPTY), buttons(record, false, undefined)] };
  const sheet = termsSheet(entry.terms, entry.profile.name);
  const news = termsNews(view.incident, entry.terms, entry.profile.name);
  const clocks = desk.reckoner?.clocks(view.incident, view.now);
  const [call, consent, care] = sheetLines({ ...sheet, notices: [], duties: [], documents: [] }, () => undefined).map(partBlock);
  return {
    text: safe(title),
    blocks: [
      header(title),
      ...[call, consent, care].filter((block) => block !== undefined),
      ...noticeBlocks(view, sheet, clocks),
      ...sheetLines({ ...EMPTY_SHEET, duties: sheet.duties }, () => undefined).map(partBlock),
      ...newsBlocks(news),
      buttons(record, sheet.documents.length > 0, news),
      context(`What the register does not mention is shown as silent, never assumed. ${NOT_READ}`),
    ],
  };
}

const NOT_READ = 'Read the document itself before you rely on it; this is no legal advice.';
const EMPTY = 'The register holds no contract and no policy here. Write down the hotline and the policy number first.';
const EMPTY_SHEET: TermsSheet = { hotlines: [], before: [], notices: [], duties: [], documents: [], warnings: [] };

const partBlock = ({ title, lines }: { title: string; lines: string[] }): Block =>
  section(clip(`*${title}*\n${lines.map((line) => `• ${safe(line)}`).join('\n')}`, 2900));

/** Each notice with the button that drafts it. */
function noticeBlocks({ incident }: RecordView, { notices }: TermsSheet, clocks: Parameters<typeof dueOfNotice>[1]): Block[] {
  if (notices.length === 0) return [];
  const one = (notice: TermsSheet['notices'][number]): Block => {
    const clock = clockLine(dueOfNotice(incident, clocks, notice));
    return section(
      clip(`• ${safe(noticeLine(notice, undefined))}${clock}`, 2900),
      button('terms.notice', 'Draft it', `${incident.record}|${notice.document}|${notice.kind}`),
    );
  };
  return [section('*Notices due*'), ...notices.slice(0, 15).map(one)];
}

function clockLine(due: ReturnType<typeof dueOfNotice>): string {
  if (due === undefined) return '';
  if (due.due !== null) return `\n:hourglass: due ${dueWords(due.due, due.zone)}${due.state === 'dated' ? '' : `, ${due.state}`}`;
  return due.state === 'not-started' ? '\n:hourglass: not started: set the time it counts from under “Who must be told”' : '';
}

function newsBlocks(news: TermsNews): Block[] {
  const lines = newsLines(news);
  return lines.length === 0 ? [] : [partBlock({ title: 'The register and this record differ', lines })];
}

function buttons(record: string, has: boolean, news: TermsNews | undefined): Block {
  const differs = news !== undefined && news.added.length + news.changed.length + news.offered.length > 0;
  return actions(`terms|${record}`, [
    ...(differs ? [button('terms.take', 'Take over…', record, { style: 'primary' })] : []),
    ...(has ? [button('terms.papers', 'Papers and what they leave out…', record)] : []),
    button('terms.policy', 'Policy…', record),
    button('terms.contract', 'Contract…', record),
    button('terms.show', 'Look again', record),
  ]);
}

/** Every paper in full, with what it is silent on. */
export function papersModal({ documents }: TermsSheet): View {
  const parts = sheetLines({ ...EMPTY_SHEET, documents }, () => undefined);
  return modal('terms.papers', 'Papers', undefined, '{}', parts.slice(0, 90).map(partBlock));
}
