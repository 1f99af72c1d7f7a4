import type { Fragment, FragmentRole } from '../../../model/program.ts';
import type { ConfigNode } from './document.ts';

type RoleOf = (key: string, node: ConfigNode, root: ConfigNode) => FragmentRole;
type Lower = (node: ConfigNode, role: FragmentRole, text: string) => Fragment[];

/** What stands at a path of a file, who runs it, and in which form it is written. */
export interface RunnablePlace {
  /** On the path of the file, with `/`. */
  readonly files: RegExp;
  /** As in {@link nodesAt}; empty for the whole document. */
  readonly at: string;
  readonly form: Lower;
  readonly role: FragmentRole | RoleOf;
}

/** The same form at several places of the same files. */
export function each(
  files: RegExp,
  places: readonly string[],
  form: Lower,
  role: RunnablePlace['role'],
): RunnablePlace[] {
  return places.map((at) => ({ files, at, form, role }));
}
