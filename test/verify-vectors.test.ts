import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GENERATED, generatedVerifier } from './build-verifier.ts';
import { printedVectors, vectors } from './record-vectors.ts';

const format = readFileSync(join(import.meta.dirname, '../docs/record-format.md'), 'utf8');

test('the test vectors printed in docs/record-format.md are what this code computes', () => {
  expect(/<!-- vectors -->\n```json\n([\s\S]*?)\n```/.exec(format)?.[1]).toBe(printedVectors());
});

test('the examples in docs/record-format.md are those of its test vectors', () => {
  const { checkpoint, texts, lines } = vectors();
  expect(format).toContain(`\`\`\`\n${checkpoint}\`\`\``);
  expect(format).toContain(JSON.stringify(texts[1]));
  const example = /```\n(\{"actor":"p1","at"[\s\S]*?)\n```/.exec(format)?.[1];
  expect(example?.replaceAll(/\n /g, '')).toBe(lines[1]);
});

test('the committed verifier is what its sources make, to the byte', async () => {
  expect(readFileSync(GENERATED, 'utf8')).toBe(await generatedVerifier());
});
