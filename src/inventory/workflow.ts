/** GitHub Actions workflow files and composite actions: every `uses: owner/repo@ref`. */
import { LineCounter, parseDocument } from 'yaml';
import { type Component, type Reader, reading } from './component.ts';
import { seriesSpan } from './purl.ts';

/** Lines are read as text, so that each action keeps its line; the YAML must parse all the same. */
export const readWorkflow: Reader = (path, source) => {
  const document = parseDocument(source, { schema: 'failsafe', lineCounter: new LineCounter() });
  if (document.errors[0] !== undefined) throw new Error(`it is not readable YAML (${document.errors[0].message.split('\n')[0]})`);
  const components = source.split(/\r?\n/).flatMap((line, at) => {
    const used = /^\s*(?:-\s*)?(?:\{?\s*)["']?uses["']?\s*:\s*["']?([^\s"'#},]+)/.exec(line)?.[1];
    return used === undefined ? [] : actions(`${path}:${at + 1}`, used);
  });
  return reading(['GitHub Actions'], components);
};

function actions(where: string, used: string): Component[] {
  const match = /^([\w.-]+)\/([\w.-]+)(\/[^@]*)?@(.+)$/.exec(used);
  if (match?.[1] === undefined || match[2] === undefined || match[4] === undefined) return [];
  const own = actionComponent(where, `${match[1]}/${match[2]}`, match[4]);
  const inner =
    match[3] === undefined || match[3].startsWith('/.github/') ? undefined : `${own.name}${match[3].replace(/\/$/, '')}`;
  return inner === undefined ? [own] : [{ ...own, alsoNamed: [inner] }];
}

/** A full tag is a version, `v4` a series, a commit or a branch no version at all. */
export function actionComponent(where: string, name: string, ref: string): Component {
  const base: Component = { ecosystem: 'GitHub Actions', name, version: ref, where };
  if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$/i.test(ref))
    return { ...base, undecidable: 'it is pinned to a commit, which no version range can place' };
  const span = seriesSpan('GitHub Actions', ref);
  if (span !== undefined) return { ...base, undecidable: `the tag ${ref} moves along its series`, possible: [span] };
  return /^v?\d+\.\d+\.\d+/.test(ref) ? base : { ...base, undecidable: `${ref} is a branch or a tag without a version` };
}
