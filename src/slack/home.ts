import type { types } from '@slack/bolt';
import type { RecordView } from '../desk/view.ts';
import { actions, type Block, button, context, divider, header, section } from './blocks.ts';
import { progressBar, safe } from './mrkdwn.ts';
import { nextWords } from './talk/next-words.ts';
import { mark } from './words.ts';

/** The Home tab: what is open, what comes next in it, and one button to start. */
export function homeView(
  views: RecordView[],
  workspace: string,
  clocks: (view: RecordView) => string[] = () => [],
): types.HomeView {
  const incidents = views.filter(({ incident }) => incident.of === 'incident');
  const open = incidents.filter(({ incident }) => incident.status === 'open');
  const closed = incidents.filter(({ incident }) => incident.status === 'closed').slice(-5);
  const owing = incidents.filter((view) => view.incident.status === 'closed' && clocks(view).length > 0).slice(-5);
  return {
    type: 'home',
    blocks: [
      header(open.length === 0 ? 'No incident is open' : `${open.length} open`),
      actions('home', [button('home.declare', 'Start an incident', 'home', { style: 'primary' })]),
      ...open.slice(0, 20).flatMap((view) => [divider(), ...lines(view, workspace, clocks(view))]),
      ...owing.flatMap((view) => [divider(), ...lines(view, workspace, clocks(view))]),
      ...(closed.length === 0
        ? []
        : [divider(), context(`Closed: ${closed.map(({ incident }) => safe(incident.title)).join('; ')}`)]),
    ],
  };
}

function lines(view: RecordView, workspace: string, clocks: string[]): Block[] {
  const { incident, guide } = view;
  const place = incident.places.find((one) => one.workspace === workspace);
  const where = place === undefined ? '' : ` <#${place.channel}>`;
  return [
    section(
      `*${mark(incident)}${safe(incident.title)}*${where}\n${progressBar(guide?.done ?? 0, guide?.total ?? 0)}\n${safe(nextWords(view))}`,
    ),
    ...(clocks.length === 0 ? [] : [section(`*Who must be told*\n${clocks.map((clock) => `• ${clock}`).join('\n')}`)]),
  ];
}
