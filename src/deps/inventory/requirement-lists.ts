import type { DependencyScope } from '../../model/dependency.ts';
import type { Declaration, Problem } from './declaration.ts';
import { listOf, tableOf } from './parsed.ts';
import { readRequirements } from './requirements.ts';
import type { LineFinder } from './text.ts';

/** Reads lists of PEP 508 requirements out of TOML and remembers on which line each stands. */
export class RequirementLists {
  readonly declarations: Declaration[] = [];
  readonly problems: Problem[] = [];
  readonly #lines: LineFinder;
  /** Where the strings of the document stand, by what they say. */
  #strings: Map<string, number[]> | null = null;

  constructor(lines: LineFinder) {
    this.#lines = lines;
  }

  /** @param after text of the file behind which the list stands */
  read(list: unknown, scope: DependencyScope, after: string): void {
    const from = this.#lines.lineOf(after);
    for (const item of listOf(list)) {
      // PEP 735: `{include-group = "…"}` names a group that is read anyway.
      if (typeof item !== 'string') continue;
      const line = this.#lineOf(item, from);
      // PDM's lists of old also hold `-e file:///…#egg=name`.
      const { declarations, problems } = readRequirements(item, scope);
      for (const declaration of declarations) this.declarations.push({ ...declaration, line });
      for (const { reason } of problems) this.problems.push({ line, reason });
    }
  }

  readGroups(groups: unknown, scope: DependencyScope, after: string): void {
    for (const list of Object.values(tableOf(groups))) this.read(list, scope, after);
  }

  #lineOf(item: string, from: number): number {
    this.#strings ??= stringsOf(this.#lines);
    const lines = this.#strings.get(item) ?? [];
    return lines.find((line) => line >= from) ?? lines[0] ?? from;
  }
}

/** Strings on one line, which is what requirements are; several times the same on one line count once. */
function stringsOf(lines: LineFinder): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const match of lines.text.matchAll(/"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/g)) {
    const value = match[2] ?? (match[1] ?? '').replace(/\\(["\\])/g, '$1');
    const line = lines.lineAt(match.index);
    const known = found.get(value);
    if (known === undefined) found.set(value, [line]);
    else if (known.at(-1) !== line && known.length < 50) known.push(line);
  }
  return found;
}
