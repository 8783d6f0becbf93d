import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderSVG } from 'uqr';

/**
 * Heads to take outside by hand: the room lies in the same store as the record, so what is shown there vouches for nothing until
 * somebody has photographed the code or copied the file. The code holds the tree head; the file the signed note.
 */
export type CopyShelf = {
  /** Keeps a note as a file, and answers what to say about it. */
  keep(record: string, size: number, note: string): string;
  /** The page of a kept note: a code to photograph, and its text. */
  page(name: string): string | undefined;
};

export function copyShelf(folder: string, url: string): CopyShelf {
  return {
    keep: (record, size, note) => {
      mkdirSync(folder, { recursive: true });
      const name = `${record}-${String(size).padStart(6, '0')}`;
      writeFileSync(join(folder, `${name}.txt`), note);
      return `No outside copy yet: <${url}/checkpoint/${name}|photograph its code>, or copy the file ${join(folder, `${name}.txt`)} to somewhere else.`;
    },
    page: (name) => {
      const file = join(folder, `${name}.txt`);
      return /^[a-z0-9-]+$/.test(name) && existsSync(file) ? pageOf(name, readFileSync(file, 'utf8')) : undefined;
    },
  };
}

/** A note holds nothing that HTML could take for its own, but it is escaped all the same. */
function pageOf(name: string, note: string): string {
  const head = note.split('\n').slice(0, 3).join('\n');
  const text = note.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const code = renderSVG(`${head}\n`, { border: 2 });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Checkpoint ${name}</title><link rel="stylesheet" href="/page/checkpoint.css"></head><body><main>
<h1>Checkpoint ${name}</h1><p>Photograph this code with a phone that belongs to somebody else, or copy the text below out of this machine.</p>
<figure aria-label="QR code of the tree head">${code}</figure><pre>${text}</pre></main></body></html>`;
}
