import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { rotationText } from '../src/export/keys.ts';
import { toBase64, utf8 } from '../src/record/bytes.ts';
import { checkpointText, printKey, signedNote } from '../src/record/checkpoint.ts';
import { seal } from '../src/record/entry.ts';
import type { Event } from '../src/record/event.ts';
import { consistencyProof, inclusionProof, rootOfLeaves } from '../src/record/tree.ts';

/** The key of RFC 8032, section 7.1, test 1: public for ever, so nobody takes it for a real one. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const NEXT_SEED = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';

function signer(seed: string) {
  const secret = createPrivateKey({
    key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'),
    format: 'der',
    type: 'pkcs8',
  });
  const key = new Uint8Array(createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32));
  return { key, signed: (text: string) => new Uint8Array(sign(null, utf8(text), secret)) };
}

const EVENTS: Event[] = [
  {
    kind: 'incident.declared',
    body: { looksLike: 'vendor-tool', stillHappening: 'yes', canReachClients: 'unknown', talkingOverIt: 'no' },
    texts: { title: 'Grüße aus 東京 “quoted” \\ \u0001 \u2028 end' },
  },
  { kind: 'step.completed', body: { step: 'isolate', verified: false, evidence: [], overridden: [2, 10] }, texts: { note: '' } },
  {
    kind: 'place.opened',
    body: { surface: 'slack', workspace: 'T1', channel: '/ "\\ \n\t\b\u0001\u001f \u007f é \u2028 東京 😀', purpose: 'incident' },
    texts: {},
  },
];

/** Every value that docs/record-format.md prints, computed by this project's own code. */
export function vectors() {
  const name = 'firebreak-example';
  const { key, signed } = signer(SEED);
  const sealed = EVENTS.map((event, i) =>
    seal(event, {
      record: 'inc-example',
      of: 'incident',
      seq: i + 1,
      at: `2026-03-02T08:0${i}:00.000Z`,
      ...(i === 1 ? { occurred: '2026-03-02T07:58:30Z' } : {}),
      actor: 'p1',
      via: 'slack-signature',
      label: 'internal',
      drill: false,
      nonce: new Uint8Array(16).fill(i),
      salts: () => new Uint8Array(32).fill(0xa0 + i),
    }),
  );
  const leaves = sealed.map(({ leaf }) => leaf);
  const root = rootOfLeaves(leaves);
  const text = checkpointText({ origin: `${name}/inc-example`, size: 3, root });
  const next = signer(NEXT_SEED);
  const [previous, verifierKey] = [printKey(name, key), printKey('firebreak-next', next.key)];
  return {
    lines: sealed.map(({ line }) => line),
    leaves: leaves.map(toBase64),
    texts: sealed.flatMap(({ texts }, i) =>
      texts.map(({ commitment, field, salt, value }) => ({ commitment, field, salt, seq: i + 1, value })),
    ),
    roots: [0, 1, 2, 3].map((size) => toBase64(rootOfLeaves(leaves.slice(0, size)))),
    inclusionOfEntry3In3: inclusionProof(leaves, 2).map(toBase64),
    consistencyOf2In3: consistencyProof(leaves, 2).map(toBase64),
    verifierKey: previous,
    checkpoint: signedNote(text, name, key, signed(text)),
    rotation: {
      text: rotationText('inc-example', previous, verifierKey),
      signatureByPrevious: toBase64(signed(rotationText('inc-example', previous, verifierKey))),
    },
  };
}

/** The vectors as docs/record-format.md prints them: in ASCII, so that no editor changes a character nobody sees. */
export const printedVectors = (): string =>
  JSON.stringify(vectors(), null, 2).replaceAll(
    /[^\x20-\x7e\n]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

if (process.argv[1] === import.meta.filename) console.log(printedVectors());
