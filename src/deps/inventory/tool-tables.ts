import type { Table } from './parsed.ts';
import { tableOf } from './parsed.ts';
import type { RequirementLists } from './requirement-lists.ts';

/** The lists of requirements that PDM, uv, Hatch and Flit keep under `[tool]`. */
export function readToolTables(tools: Table, reader: RequirementLists): void {
  reader.readGroups(tableOf(tools['pdm'])['dev-dependencies'], 'dev', '[tool.pdm');
  const uv = tableOf(tools['uv']);
  reader.read(uv['dev-dependencies'], 'dev', '[tool.uv');
  // What uv installs instead of the version that somebody below asks for.
  reader.read(uv['override-dependencies'], 'runtime', '[tool.uv');
  readHatch(tableOf(tools['hatch']), reader, '[tool.hatch');
  const flit = tableOf(tableOf(tools['flit'])['metadata']);
  reader.read(flit['requires'], 'runtime', '[tool.flit');
  reader.readGroups(flit['requires-extra'], 'optional', '[tool.flit');
}

/** Hatch's environments, and what its build hooks need; the same tables under `[tool.hatch]` and in `hatch.toml`. */
export function readHatch(hatch: Table, reader: RequirementLists, after: string): void {
  for (const environment of Object.values(tableOf(hatch['envs']))) {
    reader.read(tableOf(environment)['dependencies'], 'dev', after);
    reader.read(tableOf(environment)['extra-dependencies'], 'dev', after);
  }
  const build = tableOf(hatch['build']);
  for (const part of [build, ...Object.values(tableOf(build['targets']))]) {
    reader.read(tableOf(part)['dependencies'], 'build', after);
    for (const hook of Object.values(tableOf(tableOf(part)['hooks'])))
      reader.read(tableOf(hook)['dependencies'], 'build', after);
  }
}
