import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compileRules } from '../../src/rules/compile.ts';
import { loadRules } from '../../src/rules/load.ts';
import { patternsIn } from '../../src/rules/patterns.ts';
import { TookTooLong, watchFor } from '../../src/static/watch.ts';
import { attacksOn } from './regex-attacks.ts';

/** Long enough that exponential time never ends, and so short that any power of it is over at once (UTF-16 units). */
const LENGTH = 400;
/** What all attacks on one expression may take (seconds): some hundred times what the slowest takes on a quiet machine. */
const PATIENCE = 20;

interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** The regular expressions that the program's own code writes down. */
function patternsOfSources(folder: string): readonly Pattern[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) return [];
    const path = join(entry.parentPath, entry.name);
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const found: Pattern[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        found.push({
          place: `${path}:${line}`,
          source: node.text.slice(1, end),
          flags: node.text.slice(end + 1),
        });
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

function patternsOfRules(): readonly Pattern[] {
  const { rules, models, classes } = compileRules([loadRules('rules', 'built-in')]);
  return patternsIn([rules, models, classes]).map((pattern) =>
    pattern.startsWith('(?i)')
      ? { place: 'rules', source: pattern.slice(4), flags: 'iu' }
      : { place: 'rules', source: pattern, flags: 'u' },
  );
}

function isSlow({ source, flags }: Pattern): boolean {
  const regex = new RegExp(source, flags.replace(/[gy]/g, ''));
  const attacks = attacksOn(source, flags, LENGTH);
  try {
    watchFor(PATIENCE)(() => attacks.some((attack) => regex.test(attack) && attack === ''));
    return false;
  } catch (error) {
    if (error instanceof TookTooLong) return true;
    throw error;
  }
}

describe('regular expressions', () => {
  it('are told when they take exponential time', () => {
    const isFound = (source: string): boolean =>
      attacksOn(source, 'u', 40).some((attack) => {
        try {
          watchFor(0.2)(() => new RegExp(source, 'u').test(attack));
          return false;
        } catch {
          return true;
        }
      });
    expect(isFound('^[a-z_]+(?:[._][a-z_]+)*$')).toBe(true);
    expect(isFound('^(?:\\w+\\s?)*$')).toBe(true);
    expect(isFound('^[a-z]+(?:[._][a-z]+)*$')).toBe(false);
  });

  it.each([
    ['of the program', () => patternsOfSources('src')],
    ['of the rules and models', patternsOfRules],
  ])(
    '%s never take exponential time',
    (_name, patterns) => {
      const all = patterns();
      expect(all.length).toBeGreaterThan(100);
      expect(all.filter(isSlow).map(({ place, source }) => `${place} ${source.slice(0, 100)}`)).toEqual([]);
    },
    300_000,
  );
});
