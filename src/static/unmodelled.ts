import type { SinkLabel } from '../model/api-model.ts';
import type { CompiledRule } from '../rules/knowledge.ts';
import type { Hit } from './finding.ts';

const UNMODELLED: ReadonlySet<SinkLabel> = new Set(['unmodelled', 'unmodelled-runner']);

/** The parts of the target's paths that an import could name: folders, and files without their ending. */
function ownNames(paths: readonly string[]): ReadonlySet<string> {
  return new Set(
    paths.flatMap((path) => path.split('/').map((part) => part.replace(/\.[cm]?[jt]sx?$|\.py$/, ''))),
  );
}

/** What rules say of names in models that nothing is known of; `detail` begins with the module that the loader imports. */
const NAMED_IN_MODELS: ReadonlySet<string> = new Set(['pickle-unknown-global', 'keras-unknown-name']);

/** Of the hits, those that are not about a name in a model which a file of the target defines: that file is analysed. */
export function withoutOwnGlobals(
  rules: readonly CompiledRule[],
  hits: readonly Hit[],
  paths: readonly string[],
): readonly Hit[] {
  const about = new Set(
    rules.flatMap(({ match }, index) =>
      'detector' in match && NAMED_IN_MODELS.has(match.detector.name) ? [index] : [],
    ),
  );
  if (!hits.some(({ rule }) => about.has(rule))) return hits;
  const own = ownNames(paths);
  return hits.filter(
    ({ rule, fields }) => !about.has(rule) || !own.has(fields.detail.split('.', 1)[0] ?? ''),
  );
}

/**
 * Of the hits of rules that look for libraries no model knows, the first for each library of a unit, and none for what is no
 * library but the target itself. `detail` of such a hit is the library's name.
 * @param paths all files of the target
 */
export function oncePerLibrary(
  rules: readonly CompiledRule[],
  hits: readonly Hit[],
  paths: readonly string[],
  unitOf: (path: string) => string,
): readonly Hit[] {
  const about = new Set(
    rules.flatMap(({ match }, index) =>
      'flow' in match && match.flow.to.every((label) => UNMODELLED.has(label)) ? [index] : [],
    ),
  );
  if (!hits.some(({ rule }) => about.has(rule))) return hits;
  const own = ownNames(paths);
  const seen = new Set<string>();
  return hits.filter(({ rule, fields, location }) => {
    if (!about.has(rule)) return true;
    const key = `${rule} ${unitOf(location.path)} ${fields.detail}`;
    if (own.has(fields.detail) || own.has(fields.detail.replaceAll('_', '-')) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
