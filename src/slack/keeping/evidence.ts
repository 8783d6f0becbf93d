import type { Delivery } from '../../desk/ports.ts';
import type { About } from '../forms.ts';
import type { SlackFile } from '../payloads.ts';

/**
 * Evidence files. The click is recorded at once with what the file is called; the file itself is fetched by the courier,
 * because a photo from a phone may take longer than the three seconds Slack waits for an ack.
 */
export type Fetch = { file: string; url: string; name: string; mediaType: string; step?: string; account: string };

export function wordsOf(text: string, files: SlackFile[]): string {
  const named = files.map(({ name, id }) => `file ${name ?? id}`).join(', ');
  return [text, named].filter((part) => part !== '').join(' — ');
}

export function evidenceDeliveries({ record, step }: About, files: SlackFile[], account: string): Delivery[] {
  return files.flatMap(({ id, name, mimetype, url_private_download, url_private }) => {
    const url = url_private_download ?? url_private;
    if (!url) return [];
    const fetch: Fetch = {
      file: id,
      url,
      name: name ?? id,
      mediaType: mimetype ?? 'application/octet-stream',
      account,
      ...(step === undefined ? {} : { step }),
    };
    const delivery: Delivery = {
      id: `${record}/evidence/${id}`,
      record,
      kind: 'fetch-evidence',
      queue: `fetch/${id}`,
      body: JSON.stringify(fetch),
      coalescing: false,
    };
    return [delivery];
  });
}
