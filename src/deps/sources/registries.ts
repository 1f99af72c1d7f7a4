import type { Target } from '../../model/target.ts';
import { baseName } from '../inventory/declaration.ts';
import { listOf, tableOf, textOf } from '../inventory/parsed.ts';
import { decodeText, LineFinder } from '../inventory/text.ts';
import { parseToml } from '../inventory/toml.ts';

/** A package registry that a configuration file of the target asks for. */
export interface Registry {
  readonly path: string;
  readonly line: number;
  /** As written. */
  readonly text: string;
  /** The npm scope that it is for (`@company`); null: for whatever is installed. */
  readonly scope: string | null;
}

const PUBLIC = /^https:\/\/(?:registry\.npmjs\.org|registry\.yarnpkg\.com|pypi\.org)(?:\/|$)/;

/** Lines of a configuration that are looked at. */
const MAX_LINES = 10_000;

/** Registries other than the public ones in `.npmrc` and `uv.toml`, which npm and uv obey in the folder they run in. */
export function configuredRegistries(target: Target): Registry[] {
  return target.files.flatMap(({ path, content }) => {
    const name = baseName(path);
    if (content === null || (name !== '.npmrc' && name !== 'uv.toml')) return [];
    const text = decodeText(content);
    if (text === null) return [];
    return (name === '.npmrc' ? npmrcRegistries(text) : uvRegistries(text))
      .filter(({ url }) => !PUBLIC.test(url))
      .map(({ line, text: written, scope }) => ({ path, line, text: written, scope }));
  });
}

interface Configured extends Omit<Registry, 'path'> {
  readonly url: string;
}

function npmrcRegistries(text: string): Configured[] {
  return text
    .split(/\r?\n/)
    .slice(0, MAX_LINES)
    .flatMap((line, index) => {
      const [, scope, url = ''] = /^\s*(?:(@[\w.-]{1,214}):)?registry\s*=\s*["']?([^\s"']+)/.exec(line) ?? [];
      return url === '' ? [] : [{ line: index + 1, text: line.trim(), scope: scope ?? null, url }];
    });
}

function uvRegistries(text: string): Configured[] {
  const table = parseToml(text).table ?? {};
  const lines = new LineFinder(text);
  const pip = tableOf(table['pip']);
  const urls = [
    ...listOf(table['index']).map((index) => textOf(tableOf(index)['url'])),
    ...[table, pip].flatMap((options) => [
      textOf(options['index-url']),
      ...listOf(options['extra-index-url']).map(textOf),
    ]),
  ];
  return urls
    .filter((url) => url !== null)
    .map((url) => ({ line: lines.lineOf(url), text: `index ${url}`, scope: null, url }));
}
