import type { Declaration, FileReading, InventoryFormat } from './declaration.ts';
import { baseName } from './declaration.ts';
import { overriddenName } from './npm-overrides.ts';
import { parseNpmSpecifier } from './npm-specifier.ts';
import { failedReading } from './parsed.ts';
import type { YamlEntry } from './yaml.ts';
import { entriesOf, isScalar, isSeq, parseYaml } from './yaml.ts';

/** `pnpm-workspace.yaml`: the members of the workspace, the versions behind `catalog:`, and overrides. */
export const pnpmWorkspaceFormat: InventoryFormat = {
  id: 'pnpm-workspace.yaml',
  role: 'manifest',
  ecosystem: 'npm',
  matches: (path) => /^pnpm-workspace\.ya?ml$/.test(baseName(path)),
  read: readWorkspace,
};

/** Written by people, and far below this. */
const MAX_YAML_CHARACTERS = 1024 * 1024;

function readWorkspace(text: string): FileReading {
  const parsed = parseYaml(text, MAX_YAML_CHARACTERS);
  if (parsed.document === null) return failedReading(parsed.problem);
  const { document, lineAt } = parsed;
  const top = entriesOf(document.contents, document);
  const under = (name: string): YamlEntry[] =>
    top.filter(({ key }) => key === name).flatMap(({ value }) => entriesOf(value, document));
  const catalogs = under('catalogs').flatMap(({ value }) => entriesOf(value, document));
  const declarations = [...under('catalog'), ...catalogs, ...under('overrides')].flatMap(
    ({ key, value, offset }): Declaration[] => {
      const name = overriddenName(key);
      const specifier = isScalar(value) ? String(value.value) : '';
      if (name === null || specifier === '' || specifier === '-' || specifier.startsWith('$')) return [];
      const line = lineAt(offset);
      return [{ ecosystem: 'npm', ...parseNpmSpecifier(name, specifier), scope: 'runtime', line }];
    },
  );
  const members = top
    .filter(({ key }) => key === 'packages')
    .flatMap(({ value }) => (isSeq(value) ? value.items : []))
    .flatMap((item) => (isScalar(item) ? [String(item.value)] : []));
  return { declarations, problems: [], references: [], members };
}
