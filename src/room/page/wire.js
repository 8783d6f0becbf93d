/** The tab's own name: a form opens in the tab in which somebody acted. It survives a reload of the tab. */
function ownName() {
  const known = sessionStorage.getItem('tab');
  if (known !== null) return known;
  // Not randomUUID: over plain http from another machine browsers do not offer it.
  const name = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  sessionStorage.setItem('tab', name);
  return name;
}
export const tab = ownName();

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
      body: JSON.stringify({ ...body, tab }),
    }),
  );
}

export function get(path, query = {}) {
  return answer(fetch(`${path}?${new URLSearchParams({ ...query, tab })}`));
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
