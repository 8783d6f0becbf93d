import type { Ourselves } from '../../desk/ourselves.ts';
import { contractWords, policyWords } from '../../desk/terms.ts';
import type { Entry as TermsEntry } from '../../desk/terms-desk.ts';
import { contractOf } from '../../desk/terms-lines.ts';
import { type NoticeDue, termsSheet } from '../../desk/terms-sheet.ts';
import type { RecordView } from '../../desk/view.ts';
import { carriedIn } from '../../notice/clock-entry.ts';
import { SHARED } from '../../notice/record.ts';
import { render } from '../../notice/render.ts';
import type { Template } from '../../notice/template.ts';
import type { CommandOf } from '../../record/command.ts';
import { bytesOf } from '../notices/desk.ts';
import { ADDRESSEE, plainRecord } from '../notices/record.ts';

/** The notice that a document asks for, as it stands in the register today. */
export const noticeDue = ({ terms, profile }: TermsEntry, document: string, kind: string): NoticeDue | undefined =>
  termsSheet(terms, profile.name).notices.find((notice) => notice.document === document && notice.kind === kind);

/**
 * The draft of a notice with what its document says filled in: policy number, clause, addressee. Only this document's clause of the
 * record is cited, never another's.
 */
export function termsDraft(
  view: RecordView,
  entry: TermsEntry,
  notice: NoticeDue,
  template: Template,
  id: string,
  ours: Ourselves | undefined,
): CommandOf<'draftNotice'> {
  const fact = contractOf(view.incident, notice.duty, notice.party);
  const seq = fact === undefined ? undefined : view.incident.owed.facts.get(`contracts.${fact}`)?.seq;
  const values = { ...letterhead(ours), ...valuesOf(entry, notice) };
  const cited = seq === undefined ? undefined : { text: values.contract ?? '', cites: [String(seq)] };
  const record = plainRecord(
    { ...view, entries: view.entries.filter((one) => one.kind !== 'fact.set' || one.seq === seq) },
    values,
  );
  const client = record.clients.length === 0 ? SHARED : ADDRESSEE;
  const filled = cited === undefined || cited.text === '' ? values : { ...values, contract: cited };
  const draft = render(template, {
    id,
    record,
    client,
    values: { ...carriedIn(view.incident, ours?.zone), ...filled },
    regimes: [],
  });
  return {
    do: 'draftNotice',
    notice: id,
    kind: template.kind,
    words: 'template',
    secondPerson: template.second_person,
    approvers: [...template.approver],
    values: JSON.stringify(values),
    ...bytesOf(draft),
  };
}

/** Who we are, where that was written down already. */
function letterhead(ours: Ourselves | undefined): Record<string, string> {
  const { name, contact, zone } = ours ?? { name: '', contact: '', zone: '' };
  return Object.fromEntries(Object.entries({ msp: name, contact, zone }).filter(([, value]) => value !== ''));
}

function valuesOf({ terms, profile }: TermsEntry, { document, party, to, kind }: NoticeDue): Record<string, string> {
  const at = Number(document.slice(1));
  const policy = document.startsWith('p') ? terms.policies[at] : undefined;
  const contract = document.startsWith('c') ? terms.contracts[at] : undefined;
  const words = policy === undefined ? (contract === undefined ? '' : contractWords(contract, profile.name)) : policyWords(policy);
  return {
    ...(to === '' && kind !== 'affected_client' ? { client: party } : { client: kind === 'affected_client' ? party : to }),
    // Who is insured is who holds the policy: in a lane the client, not we.
    ...(policy === undefined ? {} : { msp: profile.name }),
    ...(kind === 'vendor_preservation' ? { vendor: party } : {}),
    contract: words.replace(/\.$/, ''),
    ...(contract?.accounts === undefined ? {} : { accounts: contract.accounts }),
    ...(contract?.product === undefined ? {} : { product: contract.product }),
  };
}
