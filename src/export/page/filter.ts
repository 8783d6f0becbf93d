import { element, elements } from './dom.ts';

/** Shows only the entries of one group, one person, or with some words. */
export function startFilter(): void {
  const controls = [element('#group'), element('#who'), element('#words')];
  for (const control of controls) control.addEventListener('input', show);
  element('#filter').hidden = false;
}

function show(): void {
  const [group, who, words] = [element('#group').value, element('#who').value, element('#words').value.trim().toLowerCase()];
  const entries = elements('li.entry');
  for (const entry of entries) {
    const { dataset } = entry;
    const wanted = (group === '' || dataset.group === group) && (who === '' || dataset.who === who);
    entry.hidden = !wanted || !(entry.textContent ?? '').toLowerCase().includes(words);
  }
  const shown = entries.filter(({ hidden }) => !hidden).length;
  element('#count').textContent = shown === entries.length ? '' : `${shown} of ${entries.length} entries shown`;
}
