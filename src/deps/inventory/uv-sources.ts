import type { Declaration, Reference } from './declaration.ts';
import type { Table } from './parsed.ts';
import { listOf, tableOf, textOf } from './parsed.ts';
import { pinOfPoetry } from './poetry.ts';
import { isPythonPackageIndex } from './python-lock-source.ts';
import { normalizePypiName } from './requirement.ts';
import type { LineFinder } from './text.ts';

/** `[tool.uv.sources]` says where a requirement comes from instead of the index; with several, each for its own marker, all count. */
export function fromUvSources(declarations: readonly Declaration[], sources: Table): Declaration[] {
  const pins = new Map(
    Object.entries(sources).map(([name, source]) => [
      normalizePypiName(name),
      (Array.isArray(source) ? listOf(source) : [source]).map((one) => pinOfSource(tableOf(one))),
    ]),
  );
  return declarations.flatMap((declaration) => {
    const found = pins.get(declaration.name) ?? [];
    if (declaration.scope === 'build' || found.length === 0) return [declaration];
    return found.map((pin) => (pin === null ? declaration : { ...declaration, ...pin }));
  });
}

/** Null for `{index = "…"}`: still a version of an index. */
function pinOfSource(source: Table): ReturnType<typeof pinOfPoetry> {
  if (source['workspace'] === true) return { pin: 'path', version: null, range: 'workspace' };
  const pin = pinOfPoetry(source);
  return pin?.pin === 'url' || pin?.pin === 'path' ? pin : null;
}

/** The package indexes that Poetry, PDM and uv are told to ask, other than the usual one. */
export function indexesOf(tools: Table, lines: LineFinder): Reference[] {
  const uv = tableOf(tools['uv']);
  const urls = [
    ...listOf(tableOf(tools['poetry'])['source']).map((source) => tableOf(source)['url']),
    ...listOf(tableOf(tools['pdm'])['source']).map((source) => tableOf(source)['url']),
    ...listOf(uv['index']).map((index) => tableOf(index)['url']),
    uv['index-url'],
    ...listOf(uv['extra-index-url']),
    ...listOf(uv['find-links']),
  ];
  return urls
    .map(textOf)
    .filter((url) => url !== null && !isPythonPackageIndex(url))
    .map((url): Reference => ({ kind: 'index', to: `source ${url ?? ''}`, line: lines.lineOf(url ?? '') }));
}
