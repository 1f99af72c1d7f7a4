import { normalPath } from '../../evidence/detail.ts';
import { ANY_SITE } from '../flow-graph.ts';
import { flowingValue, knownText, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** What was added to a repository is kept under this, which no file of a target is called. */
const INDEX = '/dev/git/index';

/**
 * `git add file`, `git push`: what was put into a file and added leaves with the repository.
 * @param words behind `git`
 * @returns what a push sends beside its words; null: nothing that is known
 */
export function stagedFiles(walk: Walk, command: string, words: readonly Value[]): Value | null {
  if (command !== 'git' || walk.quiet > 0) return null;
  const texts = words.slice(0, 100).map((word) => knownText(word) ?? '');
  const at = texts.findIndex(
    (text, index) => !text.startsWith('-') && !/^-[cC]$/.test(texts[index - 1] ?? ''),
  );
  const order = texts[at];
  const { graph } = walk;
  if (order === 'push') return graph.hasFile(INDEX) ? flowingValue(graph.fileNode(INDEX)) : null;
  if (order !== 'add' && order !== 'stage') return null;
  for (const text of texts.slice(at + 1)) {
    const isAll = /^(?:-A|--all|-[a-z]*A|\.|\*|:\/)$/.test(text);
    if (text.startsWith('-') && !isAll) continue;
    const paths = isAll ? graph.filesBelow('') : graph.filesBelow(normalPath(text.replace(/\/$/, '')));
    for (const path of paths) graph.connect(graph.fileNode(path), graph.fileNode(INDEX), ANY_SITE);
  }
  return null;
}
