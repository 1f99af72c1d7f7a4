import { basename } from 'node:path/posix';
import type { TargetFile, Unit, UnitKind } from '../model/target.ts';
import { comparePaths } from './collector.ts';
import { kindOfCode } from './code-kind.ts';
import { nameOf } from './unit-name.ts';

/** Files whose presence makes their folder a unit of its own, most telling first. */
const MARKERS: readonly { readonly matches: (pathInFolder: string) => boolean; readonly marker: Marker }[] = [
  { matches: (path) => /^skill\.md$/i.test(path), marker: 'skill' },
  { matches: (path) => /^\.(claude|cursor|codex)-plugin\/plugin\.json$/.test(path), marker: 'plugin' },
  { matches: (path) => /^sbx\.manifest\.(ya?ml|json)$/.test(path), marker: 'manifest' },
  { matches: (path) => /^(pyproject\.toml|setup\.py|setup\.cfg|PKG-INFO)$/.test(path), marker: 'python' },
  { matches: (path) => /^[^/]+\.dist-info\/METADATA$/.test(path), marker: 'python' },
  { matches: (path) => path === 'package.json', marker: 'node' },
  { matches: (path) => /^\.?mcp\.json$/.test(path), marker: 'server' },
];

type Marker = 'skill' | 'plugin' | 'manifest' | 'python' | 'node' | 'server';

/**
 * Splits a target's files into the parts that are judged on their own. A folder with a marker (SKILL.md, a project file, a plug-in
 * manifest) is a unit; a file belongs to the innermost unit around it; what is in none makes up a unit at the root.
 * A skill is one whole: what lies below it belongs to it, but for skills nested inside.
 * @param fallbackName the root unit's name when nothing in it says
 */
export function unitsOf(files: readonly TargetFile[], fallbackName: string): readonly Unit[] {
  const markers = markersByFolder(files);
  const roots = [...markers.keys()].filter((folder) => isUnitRoot(folder, markers)).sort(comparePaths);
  const members = new Map<string, TargetFile[]>(roots.map((root) => [root, []]));
  for (const file of files) {
    const root = innermostRoot(file.path, members);
    const list = members.get(root);
    if (list === undefined) members.set(root, [file]);
    else list.push(file);
  }
  if (members.size === 0) members.set('.', []);
  return [...members]
    .filter(([root, list]) => list.length > 0 || root === '.' || markers.has(root))
    .sort(([a], [b]) => comparePaths(a, b))
    .map(([root, list]) => {
      const kind = kindOf(markers.get(root) ?? new Set(), list);
      const name = nameOf(kind, root, list) ?? (root === '.' ? fallbackName : basename(root));
      return { path: root, kind, name, files: list.map((file) => file.path) };
    });
}

function markersByFolder(files: readonly TargetFile[]): Map<string, Set<Marker>> {
  const found = new Map<string, Set<Marker>>();
  for (const file of files) {
    const { path } = file;
    const parts = path.split('/');
    if (isByTheWay(file)) continue;
    // A marker lies in its unit's folder itself or one folder below it (`.claude-plugin/plugin.json`).
    for (const depth of [1, 2]) {
      if (parts.length < depth) continue;
      const inFolder = parts.slice(parts.length - depth).join('/');
      const marker = MARKERS.find(({ matches }) => matches(inFolder))?.marker;
      if (marker === undefined) continue;
      const folder = parts.length === depth ? '.' : parts.slice(0, parts.length - depth).join('/');
      const set = found.get(folder) ?? new Set<Marker>();
      found.set(folder, set.add(marker));
    }
  }
  return found;
}

/**
 * What a build noted of the package around it (`name.egg-info`), and a `package.json` that only says how Node reads the files beside it
 * (Node's documentation, "Determining module system"): neither begins a package.
 */
function isByTheWay({ path, content }: TargetFile): boolean {
  if (/(?:^|\/)[^/]+\.egg-info\/[^/]+$/.test(path)) return true;
  if (basename(path) !== 'package.json' || content === null || content.byteLength > MOST_SETTINGS_BYTES)
    return false;
  try {
    const settings: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    const names = typeof settings === 'object' && settings !== null ? Object.keys(settings) : [];
    return names.includes('type') && names.every((name) => name === 'type' || name === 'sideEffects');
  } catch {
    return false;
  }
}

/** Such a `package.json` is a line long. */
const MOST_SETTINGS_BYTES = 1024;

/** Vendored packages belong to whoever ships them; inside a skill only another skill stands on its own. */
function isUnitRoot(folder: string, markers: ReadonlyMap<string, ReadonlySet<Marker>>): boolean {
  if (folder === '.') return true;
  const own = markers.get(folder);
  const isSkill = own?.has('skill') === true;
  const parts = folder.split('/');
  if (!isSkill && parts.some((part) => part === 'node_modules' || part === 'site-packages')) return false;
  for (let depth = 0; depth < parts.length && !isSkill; depth += 1) {
    const above = depth === 0 ? '.' : parts.slice(0, depth).join('/');
    if (markers.get(above)?.has('skill') === true) return false;
  }
  return true;
}

function innermostRoot(path: string, roots: ReadonlyMap<string, unknown>): string {
  let end = path.lastIndexOf('/');
  while (end > 0) {
    const folder = path.slice(0, end);
    if (roots.has(folder)) return folder;
    end = path.lastIndexOf('/', end - 1);
  }
  return '.';
}

function kindOf(markers: ReadonlySet<Marker>, files: readonly TargetFile[]): UnitKind {
  if (markers.has('skill')) return 'skill';
  if (markers.has('plugin')) return 'agent-plugin';
  const code = kindOfCode(files);
  if (code !== null) return code;
  if (markers.has('python')) return 'python-package';
  if (markers.has('node')) return 'node-package';
  if (markers.has('server')) return 'mcp-server';
  return 'files';
}
