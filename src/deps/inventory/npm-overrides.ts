import type { Declaration } from './declaration.ts';
import type { KeyLines } from './json.ts';
import { parseNpmSpecifier } from './npm-specifier.ts';
import type { Table } from './parsed.ts';
import { tableOf, textOf } from './parsed.ts';

/** Most overrides that are read of one manifest. */
const MAX_OVERRIDES = 10_000;

/**
 * Versions that a manifest forces on packages anywhere below it: `overrides` (npm, nested), `resolutions` (Yarn, `parent/name`), `pnpm.overrides`
 * (`parent>name`, bun reads npm's and Yarn's). They are dependencies: somebody below needs them.
 */
export function readOverrides(manifest: Table, keys: KeyLines): Declaration[] {
  return [
    ...read(tableOf(manifest['overrides']), 'overrides', keys),
    ...read(tableOf(manifest['resolutions']), 'resolutions', keys),
    ...read(tableOf(tableOf(manifest['pnpm'])['overrides']), 'overrides', keys),
  ];
}

function read(root: Table, section: string, keys: KeyLines): Declaration[] {
  const found: Declaration[] = [];
  const waiting: { readonly group: Table; readonly owner: string | null }[] = [{ group: root, owner: null }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [key, value] of Object.entries(next.group)) {
      if (found.length + waiting.length >= MAX_OVERRIDES) return found;
      // npm: `.` is the package under whose key it stands.
      const name = key === '.' ? next.owner : overriddenName(key);
      const specifier = textOf(value);
      if (specifier === null) waiting.push({ group: tableOf(value), owner: name });
      // `$name` stands for what the manifest itself asks for, `-` (pnpm) leaves the package out.
      else if (name !== null && !/^(?:\$|-$)/.test(specifier))
        found.push({
          ecosystem: 'npm',
          ...parseNpmSpecifier(name, specifier),
          scope: 'runtime',
          line: keys.lineOf(key === '.' ? (next.owner ?? key) : key, section),
        });
    }
  }
  return found;
}

/** The last name of a path of names: `name`, `name@^1`, `parent/name`, `@s/parent/@s/name`, any depth `/name`, `parent@1>name`. */
export function overriddenName(key: string): string | null {
  const last = key.split('>').at(-1) ?? '';
  const plain = last.replace(/(.)@[^/]*$/, '$1');
  return /(?:^|\/)((?:@[^/@]+\/)?[^/@*]+)$/.exec(plain)?.[1] ?? null;
}
