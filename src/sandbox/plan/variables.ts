import type { TargetFile } from '../../model/target.ts';
import { TOKEN_SHAPES } from '../decoys/token-shapes.ts';
import { beginningOf, isAside } from './text.ts';
import { valueFor } from './values.ts';

/** Variables that are made up for one program, and files that are searched for their names. */
const MOST_VARIABLES = 20;
const MOST_FILES = 200;

const NAME = '([A-Z][A-Z0-9_]{2,60})';
const READ = new RegExp(
  [
    String.raw`\bprocess\.env(?:\.|\[["'])${NAME}`,
    String.raw`\bos\.environ(?:\[|\.get\()\s{0,4}["']${NAME}`,
    String.raw`\bos\.getenv\(\s{0,4}["']${NAME}`,
  ].join('|'),
  'g',
);

/** Settings that a program cannot do without say so by their names; what switches something on or off is left alone. */
const NEEDED =
  /(?:KEY|TOKEN|SECRET|PASSWORD|USER(?:NAME)?|URL|URI|HOST|DSN|ENDPOINT|EMAIL|REGION|PROJECT|WORKSPACE|DOMAIN|_ID|_DIR|_PATH)$/;

/**
 * Variables that the sources of a program ask for, each with a plausible value that is no planted secret. Those that are planted anyway
 * are left out, sorted by name.
 */
export function wantedVariables(files: readonly TargetFile[]): Readonly<Record<string, string>> {
  const names = new Set<string>();
  const sources = files.filter(({ path }) => /\.(?:py|[cm]?js)$/.test(path) && !isAside(path));
  for (const file of sources.slice(0, MOST_FILES))
    for (const match of beginningOf(file).matchAll(READ)) {
      const name = match[1] ?? match[2] ?? match[3] ?? '';
      if (NEEDED.test(name) && !Object.hasOwn(TOKEN_SHAPES, name)) names.add(name);
    }
  return Object.fromEntries(
    [...names]
      .sort()
      .slice(0, MOST_VARIABLES)
      .map((name) => [
        name,
        valueFor({ name: name.toLowerCase(), type: '', choices: [], defaultText: null, help: '' }),
      ]),
  );
}
