import { ourselves } from '../../desk/ourselves.ts';
import { partsOf, termsCard } from '../../desk/plan.ts';
import { termsNews, timeWords } from '../../desk/terms.ts';
import { type Entry, TermsDesk } from '../../desk/terms-desk.ts';
import { newsLines } from '../../desk/terms-lines.ts';
import { termsSheet } from '../../desk/terms-sheet.ts';
import type { RecordView } from '../../desk/view.ts';
import { choiceInput, context, input, menuInput, modal, section, type View } from '../blocks.ts';
import type { Answer, Click } from '../click.ts';
import type { FormAnswer } from '../forms.ts';
import { act, type Caller, type House, isRefusal, personOf, placeIn, recordOf } from '../house.ts';
import { clip, safe } from '../mrkdwn.ts';
import { OUTSIDE } from '../outside.ts';
import type { Form } from '../payloads.ts';
import { papersModal } from './terms-card.ts';
import { contractForm, contractIn, policyForm, policyIn, type TermsAbout } from './terms-form.ts';
import { noticeDue, termsDraft } from './terms-notice.ts';

/** A click on the terms of a record: the document stands where a step would, the kind of notice behind it. */
export async function termsClick(made: Click, verb: string): Promise<Answer> {
  const { house, view, record, payload, caller } = made;
  const entry = await new TermsDesk(house.desk).of(view);
  switch (verb) {
    case 'terms.show': {
      const channel = payload.channel?.id;
      if (channel === undefined) return { say: 'Open the terms from the incident channel.' };
      await house.desk.send(view.client, [termsCard(record, placeIn(house, caller.team, channel))]);
      return undefined;
    }
    case 'terms.policy':
      return { form: policyForm({ record }, choices(entry, 'p')) };
    case 'terms.contract':
      return { form: contractForm({ record }, choices(entry, 'c')) };
    default:
      return entry === undefined
        ? { say: 'The register holds no terms of this one any more. Nothing was recorded.' }
        : onTerms(made, verb, entry);
  }
}

async function onTerms(made: Click, verb: string, entry: Entry): Promise<Answer> {
  const { view, record } = made;
  switch (verb) {
    case 'terms.papers':
      return { form: papersModal(termsSheet(entry.terms, entry.profile.name)) };
    case 'terms.take':
      return { form: takeForm(made, entry) };
    case 'terms.notice':
      return notice(made, entry);
    default:
      return {
        say: `That button of ${record} is of an older version of this card at ${view.incident.size} entries. Nothing was recorded.`,
      };
  }
}

const choices = (entry: Entry | undefined, group: 'p' | 'c') =>
  (entry === undefined ? [] : termsSheet(entry.terms, entry.profile.name).documents)
    .filter(({ id }) => id.startsWith(group))
    .map(({ id, title }) => ({ text: title, value: id }));

/** What would change in the record, before it does. */
function takeForm({ view, record }: Click, { terms, profile }: Entry): View {
  const news = termsNews(view.incident, terms, profile.name);
  const dates = news.changed.filter(({ before }) => timeWords(before) !== timeWords({}));
  const vendors = news.offered.map(({ party }) => ({ text: `${party} is concerned`, value: `v${party}`.slice(0, 75) }));
  const all = news.added.length + news.changed.length === 0 ? [] : [{ text: 'Everything that is new or changed', value: 'all' }];
  return modal('terms.take', 'Take over', 'Take over', JSON.stringify({ record }), [
    section(
      clip(
        newsLines(news)
          .map((line) => `• ${safe(line)}`)
          .join('\n') || 'The record says what the register says.',
        2900,
      ),
    ),
    ...(dates.length === 0
      ? []
      : [
          section(
            ':warning: *A sealed date moves by this.* The record keeps both, with your name. Ask counsel first where you are not sure.',
          ),
        ]),
    ...(all.length + vendors.length === 0
      ? []
      : [
          input(
            'which',
            'What is taken over?',
            vendors.length < 9 ? choiceInput([...all, ...vendors], all[0]?.value) : menuInput([...all, ...vendors], all[0]?.value),
          ),
        ]),
    context('Nothing is erased: the entry names what it replaces.'),
  ]);
}

async function notice({ house, caller, view, record, step: document, extra: kind, key }: Click, entry: Entry): Promise<Answer> {
  const due = noticeDue(entry, document, kind);
  const template = house.notices?.template(kind);
  if (due === undefined || template === undefined)
    return { say: 'The register has changed since: look at the terms again. Nothing was recorded.' };
  const answer = await act(
    house,
    caller,
    record,
    termsDraft(view, entry, due, template, house.desk.newId(), await ourselves(house.desk, house.clientOf(caller.team))),
    { key },
  );
  return isRefusal(answer) ? { say: `${answer.refused} Nothing was recorded.` } : undefined;
}

/** A form about terms comes back. Terms of a client are changed in that client's own register entry, and nowhere else. */
export async function termsSubmission(
  house: House,
  callback: string,
  form: Form,
  { record, channel }: TermsAbout & { channel?: string },
  caller: Caller,
  key: string,
): Promise<FormAnswer> {
  const first = callback === 'terms.take' ? 'which' : 'kind';
  const view = await recordOf(house, caller.team, record);
  if (view === undefined) return { errors: { [first]: 'That incident is not here any more. Nothing was recorded.' } };
  const by = { person: await personOf(house, caller), via: house.via(caller.user) };
  if (partsOf(by.person.account).workspace !== caller.team) return { errors: { [first]: OUTSIDE } };
  const desk = new TermsDesk(house.desk);
  const which = form.text('which');
  const vendor = which.startsWith('v') ? await vendorOf(desk, view, which) : undefined;
  const made =
    callback === 'terms.take'
      ? await desk.takeOver(view.client, record, by, { key, ...(vendor === undefined ? {} : { vendor }) })
      : await changed(house, desk, callback, form, view.client, by);
  if ('errors' in made) return made;
  if (isRefusal(made)) return { errors: { [first]: `${made.refused} Nothing was recorded.` } };
  if (callback !== 'terms.take') await desk.refresh(view.client);
  const places = view.incident.places.filter(({ purpose }) => purpose === 'incident');
  const here = channel === undefined ? places : places.filter((place) => place.channel === channel);
  await house.desk.send(
    view.client,
    here.map((place) => termsCard(record, place)),
  );
  return undefined;
}

async function vendorOf(desk: TermsDesk, view: RecordView, which: string): Promise<string> {
  const entry = await desk.of(view);
  const offered = entry === undefined ? [] : termsNews(view.incident, entry.terms, entry.profile.name).offered;
  return offered.find(({ party }) => `v${party}`.slice(0, 75) === which)?.party ?? which;
}

async function changed(
  house: House,
  desk: TermsDesk,
  callback: string,
  form: Form,
  client: string,
  by: Parameters<TermsDesk['change']>[3],
) {
  const terms = (await desk.entry(client))?.terms ?? { contracts: [], policies: [] };
  const at = form.maybe('document') === undefined ? -1 : Number(form.text('document').slice(1));
  const replaced = <T>(all: T[], one: T): T[] => (at < 0 ? [...all, one] : all.map((old, i) => (i === at ? one : old)));
  const us = house.clientOf(house.team ?? '');
  const gone = form.many('gone').length > 0;
  if (gone && at < 0) return { errors: { document: 'Choose which one is taken out. Nothing was recorded.' } };
  const others = <T>(all: T[]): T[] => all.filter((_, i) => i !== at);
  if (gone && callback === 'terms.policy')
    return desk.change(us, client, (all) => ({ ...all, policies: others(all.policies) }), by);
  if (gone) return desk.change(us, client, (all) => ({ ...all, contracts: others(all.contracts) }), by);
  if (callback === 'terms.policy') {
    const policy = policyIn(form, terms.policies[at]);
    if ('errors' in policy) return policy;
    return desk.change(us, client, (all) => ({ ...all, policies: replaced(all.policies, policy) }), by);
  }
  const contract = contractIn(form, terms.contracts[at]);
  if ('errors' in contract) return contract;
  return desk.change(us, client, (all) => ({ ...all, contracts: replaced(all.contracts, contract) }), by);
}

/** "terms": the card comes to the channel, and the hotline stands in the answer. */
export async function termsAnswer(house: House, view: RecordView, { team }: Caller, channel: string): Promise<string> {
  const entry = await new TermsDesk(house.desk).of(view);
  await house.desk.send(view.client, [termsCard(view.incident.record, placeIn(house, team, channel))]);
  const hotlines = entry === undefined ? [] : termsSheet(entry.terms, entry.profile.name).hotlines;
  const call = hotlines.map(({ who, number }) => `${number} (${who})`).join(', ');
  return hotlines.length === 0
    ? 'The register holds no hotline. The card has the rest.'
    : `Call first: ${safe(call)}. The card has the rest.`;
}
