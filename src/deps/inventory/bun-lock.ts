import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName } from './declaration.ts';
import { integrityHashes, withHashes } from './hashes.ts';
import { blankTrailingCommas, KeyLines, parseJson } from './json.ts';
import { pinOfLocked } from './npm-specifier.ts';
import { failedReading, listOf, tableOf, textOf } from './parsed.ts';

/** `bun.lock`, bun's text lockfile: JSON with trailing commas, a tuple a package whose first member is `name@version`. */
export const bunLockFormat: InventoryFormat = {
  id: 'bun.lock',
  role: 'lock',
  ecosystem: 'npm',
  matches: (path) => baseName(path) === 'bun.lock',
  read: readBunLock,
};

function readBunLock(text: string): FileReading {
  const plain = blankTrailingCommas(text);
  const { table, problem } = parseJson(plain);
  if (table === null) return failedReading(problem);
  const keys = new KeyLines(plain);
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(tableOf(table['packages']))) {
    const line = keys.lineOf(key, 'packages');
    const locked = /^((?:@[^/@]+\/)?[^@]+)@(.+)$/s.exec(textOf(listOf(value)[0]) ?? '');
    if (locked?.[1] === undefined || locked[2] === undefined)
      problems.push({ line, reason: `not a package: ${key.slice(0, 60)}` });
    else if (!locked[2].startsWith('workspace:'))
      declarations.push({
        ecosystem: 'npm',
        name: locked[1],
        ...pinOfLocked(locked[2]),
        scope: 'runtime',
        line,
        // From the registry: `[id, registry, details, integrity]`.
        ...withHashes(integrityHashes(textOf(listOf(value)[3]))),
      });
  }
  return { declarations, problems, references: [] };
}
