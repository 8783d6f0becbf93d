/**
 * The stream of changes. Browsers allow few open connections to one server, so the tabs of one browser share one stream:
 * the tab that is looked at holds it and passes on what it hears. Without the means for that (plain http from another
 * machine) each tab has its own.
 */
const NAME = 'room-stream';
const shared = 'locks' in navigator && 'BroadcastChannel' in window;

const number = (id) => Number(id.split('-')[1] ?? 0);
const run = (id) => id.split('-')[0];

/** Listens from `position` on; `onChange` hears each change once, with its number. Returns what stops it. */
export function listen(position, { onChange, onLost, onBack }) {
  let last = position;
  let source;
  let stopped = false;
  const channel = shared ? new BroadcastChannel(NAME) : undefined;
  const hear = ({ id, change, lost }) => {
    if (lost !== undefined) return lost ? onLost() : onBack();
    if (run(id) === run(last) && number(id) <= number(last)) return;
    last = id;
    onChange(change, number(id));
  };
  const tell = (news) => {
    hear(news);
    channel?.postMessage(news);
  };
  const open = () => {
    if (stopped) return;
    source?.close();
    source = new EventSource(`/events?since=${encodeURIComponent(last)}`);
    source.onopen = () => tell({ lost: false });
    source.onmessage = (event) => tell({ id: event.lastEventId, change: JSON.parse(event.data) });
    source.onerror = () => {
      tell({ lost: true });
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
    };
  };
  const close = () => {
    source?.close();
    source = undefined;
  };
  if (channel !== undefined) channel.onmessage = ({ data }) => hear(data);
  let giveUp = () => {};
  if (shared) giveUp = hold(open, close);
  else open();
  return () => {
    stopped = true;
    giveUp();
    close();
    channel?.close();
  };
}

/** Holds the stream while this tab is looked at, and waits for its turn otherwise. */
function hold(open, close) {
  let end = () => {};
  const wait = (options) =>
    navigator.locks
      .request(NAME, options, () => {
        open();
        return new Promise((resolve) => {
          end = resolve;
        });
      })
      .catch(() => {
        // Another tab is looked at now and took the stream over.
        close();
        wait({});
      });
  const look = () => document.visibilityState === 'visible' && wait({ steal: true });
  if (look() === false) wait({});
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    end();
  };
}
