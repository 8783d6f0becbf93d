import type { Desk } from '../desk/desk.ts';
import { TermsDesk } from '../desk/terms-desk.ts';
import { type Paper, type TermsTable, withPaper } from '../inventory/terms-table.ts';
import type { ExitCode, Terminal } from './command.ts';
import { US } from './house.ts';
import { operator } from './operator.ts';

/** Takes papers into the register entries of their clients. One that cannot be taken disturbs no other. */
export async function takePapers(
  desk: Desk,
  tables: TermsTable[],
  preview: boolean,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const problems = tables.flatMap((table) => table.problems.map(({ message, level }) => ({ message, level })));
  const papers = tables.flatMap((table) => table.papers);
  const count = { changed: 0, same: 0 };
  for (const [client, those] of preview ? [] : Map.groupBy(papers, (paper) => paper.client)) {
    const outcome = await put(desk, client, those);
    if (outcome === 'changed' || outcome === 'same') count[outcome] += those.length;
    else problems.push({ level: 'error', message: `${client}: ${outcome}` });
  }
  if (json) terminal.out(JSON.stringify({ preview, papers, ...count, problems: problems.map(({ message }) => message) }));
  else {
    terminal.out(
      preview
        ? `Preview: ${papers.length} papers would be taken in. Nothing was recorded.`
        : `Papers: ${count.changed} taken in, ${count.same} as they were, ${problems.length} problems.`,
    );
    for (const { message } of problems) terminal.err(message);
  }
  return problems.some(({ level }) => level === 'error') || papers.length === 0 ? 1 : 0;
}

async function put(desk: Desk, client: string, papers: Paper[]): Promise<string> {
  const answer = await new TermsDesk(desk).change(US, client, (terms) => papers.reduce(withPaper, terms), operator());
  if (!('refused' in answer)) {
    await new TermsDesk(desk).refresh(client);
    return 'changed';
  }
  return answer.code === 'already' ? 'same' : `${answer.refused} Nothing of it was recorded.`;
}
