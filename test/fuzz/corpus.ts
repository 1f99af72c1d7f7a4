import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/package-info.ts';
import type { Rule } from '../../src/model/rule.ts';
import { loadRules } from '../../src/rules/load.ts';
import { FILE_NAME } from '../../src/rules/self-test.ts';
import type { TreeFile } from './tree.ts';

/** The rules that ship, with their examples. */
function shippedRules(): readonly Rule[] {
  return loadRules(`${PACKAGE_ROOT}rules`, 'built-in', 'rules').rules;
}

/**
 * Every fixture but the twins, and every example of a rule, smaller than `maxBytes`, in a fixed order. Twins are left out, as a case
 * that fails is looked at by those who must not see the pairs held out, and two files that are nearly the same weigh double.
 */
export function corpus(maxBytes = 32 * 1024): readonly TreeFile[] {
  const folder = join(PACKAGE_ROOT, 'fixtures');
  const fixtures = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('twins') && statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => ({
      path: path.split('/').slice(2).join('/') || path,
      bytes: readFileSync(join(folder, path)),
    }));
  const examples = shippedRules().flatMap(({ examples: { bad, good } }) =>
    [...bad, ...good].map(({ language, code, path }) => ({
      path: path ?? FILE_NAME[language],
      bytes: Buffer.from(code),
    })),
  );
  return [...fixtures, ...examples].filter(({ bytes }) => bytes.length <= maxBytes);
}
