/** The tab's own name: a form opens in the tab in which somebody acted. It survives a reload of the tab. */
const TAB = sessionStorage.getItem('tab') ?? crypto.randomUUID();
sessionStorage.setItem('tab', TAB);
export const tab = TAB;

const LOST = 'The room cannot be reached, so this was not done. Check that it is still running.';

async function answer(request) {
  try {
    const response = await request;
    const body = await response.json();
    if (response.status === 401 && body.ok === false) dispatchEvent(new Event('signed-out'));
    return body;
  } catch {
    return { ok: false, error: LOST };
  }
}

/** Does something as the signed-in person; the answer has `ok`, and `error` as a sentence. */
export function act(name, body = {}) {
  return answer(
    fetch(`/act/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, tab: TAB }),
    }),
  );
}

export function get(path, query = {}) {
  return answer(fetch(`${path}?${new URLSearchParams({ ...query, tab: TAB })}`));
}

export function upload(file) {
  return answer(
    fetch(`/act/upload?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    }),
  );
}

/** Listens to the room. The browser connects again by itself and says what it heard last; `onLost` and `onBack` tell the person. */
export function listen(position, { onChange, onLost, onBack }) {
  let last = position;
  let source;
  const open = () => {
    source = new EventSource(`/events?since=${encodeURIComponent(last)}`);
    source.onopen = onBack;
    source.onmessage = (event) => {
      last = event.lastEventId;
      onChange(JSON.parse(event.data));
    };
    source.onerror = () => {
      onLost();
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
    };
  };
  open();
  return () => source.close();
}
