/** Files are fetched from Slack alone: an address in a payload is text from outside. */
const SLACK_HOSTS = /(^|\.)slack(-files)?\.com$/;
const LARGEST = 64 * 1024 * 1024;

export function fileFetcher({
  botToken,
  apiUrl,
}: {
  botToken: string;
  apiUrl: string | undefined;
}): (url: string) => Promise<Uint8Array> {
  const own = apiUrl === undefined ? undefined : new URL(apiUrl).host;
  return async (address) => {
    const url = new URL(address);
    if (url.host !== own && !SLACK_HOSTS.test(url.hostname)) throw new Error(`${url.host} is not Slack: the file was not fetched`);
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw new Error(`the file could not be fetched (HTTP ${response.status})`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > LARGEST) throw new Error('the file is larger than 64 MB');
    return bytes;
  };
}
