// The board, kept open: sorts and filters what was served, and fetches it again. It holds no state that the address does not.
const find = (id) => document.getElementById(id);
const [form, shown] = [find('look'), find('shown')];
const FIELDS = ['words', 'tier', 'order'];
const EVERY_MS = 5000;

const ORDERS = {
  urgency: (a, b) => a.urgency - b.urgency,
  progress: (a, b) => a.share - b.share || a.urgency - b.urgency,
  quiet: (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
  name: (a, b) => a.name.localeCompare(b.name),
};

function apply() {
  const [words, tier] = [find('words').value.trim().toLowerCase(), find('tier').value];
  const stuck = find('stuck').checked;
  const rows = [...find('rows').rows];
  rows.sort((a, b) => ORDERS[find('order').value](a.dataset, b.dataset));
  let matching = 0;
  for (const row of rows) {
    const fits =
      (tier === '' || row.dataset.tier === tier) &&
      (!stuck || row.dataset.stuck !== '') &&
      (words === '' || row.cells[0].textContent.toLowerCase().includes(words));
    row.hidden = !fits;
    if (fits) matching++;
  }
  find('rows').append(...rows);
  say(`Showing ${matching} of ${rows.length}, as of ${shown.dataset.at.slice(11, 16)} UTC.`);
}

/** Said aloud only when it changed. */
function say(text) {
  if (shown.textContent !== text) shown.textContent = text;
}

function remember() {
  const query = new URLSearchParams();
  for (const id of FIELDS) if (find(id).value !== '' && find(id).value !== 'urgency') query.set(id, find(id).value);
  if (find('stuck').checked) query.set('stuck', '1');
  history.replaceState(null, '', query.size === 0 ? location.pathname : `?${query}`);
  apply();
}

async function refresh() {
  try {
    const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['summary', 'tiers', 'rows']) find(id).replaceChildren(...next.getElementById(id).childNodes);
    shown.dataset.at = next.getElementById('shown').dataset.at;
    apply();
  } catch {
    say(`Not up to date: what you see is as of ${shown.dataset.at.slice(11, 16)} UTC. The room does not answer.`);
  }
}

const query = new URLSearchParams(location.search);
for (const id of FIELDS) if (query.has(id)) find(id).value = query.get(id);
if (find('order').value === '') find('order').value = 'urgency';
find('stuck').checked = query.has('stuck');
form.hidden = false;
form.addEventListener('input', remember);
form.addEventListener('submit', (event) => event.preventDefault());
apply();
setInterval(() => {
  if (document.visibilityState === 'visible') void refresh();
}, EVERY_MS);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void refresh();
});
