import type { Scalar } from 'yaml';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Declaration, FileReading, InventoryFormat, Problem } from './declaration.ts';
import { baseName, unreadableFile } from './declaration.ts';
import { integrityHashes, withHashes } from './hashes.ts';
import { pinOfLocked } from './npm-specifier.ts';

/** `pnpm-lock.yaml`, lockfile versions 5 to 9: the keys under `packages` hold name and version. */
export const pnpmLockFormat: InventoryFormat = {
  id: 'pnpm-lock.yaml',
  role: 'lock',
  ecosystem: 'npm',
  matches: (path) => baseName(path) === 'pnpm-lock.yaml',
  read: readPnpmLock,
};

/** A YAML parser takes about a second for a million characters; a lockfile of 20,000 packages has three million. */
const MAX_YAML_CHARACTERS = 8 * 1024 * 1024;

function readPnpmLock(text: string): FileReading {
  if (text.length > MAX_YAML_CHARACTERS) return unreadableFile('too large to read as YAML');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, logLevel: 'silent' });
  const error = document.errors[0];
  if (error !== undefined)
    return unreadableFile(`not valid YAML: ${error.code}`, lineCounter.linePos(error.pos[0]).line);
  if (!isMap(document.contents) || document.get('lockfileVersion') === undefined)
    return unreadableFile('no lockfile of pnpm: `lockfileVersion` is missing', 1);
  const packages = document.get('packages');
  if (packages !== undefined && !isMap(packages)) return unreadableFile('`packages` is no mapping');
  const declarations: Declaration[] = [];
  const problems: Problem[] = [];
  for (const { key, value } of isMap(packages) ? packages.items : []) {
    if (!isScalar(key)) continue;
    const line = lineCounter.linePos((key as Scalar).range?.[0] ?? 0).line;
    const parsed = parseKey(String(key.value));
    if (parsed === null) {
      problems.push({ line, reason: `not a package: ${String(key.value).slice(0, 60)}` });
      continue;
    }
    const isDev = isMap(value) && value.get('dev') === true;
    const hasInstallScript = isMap(value) && value.get('requiresBuild') === true;
    declarations.push({
      ecosystem: 'npm',
      name: parsed.name,
      ...pinOfLocked(parsed.version),
      scope: isDev ? 'dev' : 'runtime',
      line,
      ...withHashes(integrityHashes(integrityOf(value))),
      ...(hasInstallScript ? { hasInstallScript } : {}),
    });
  }
  return { declarations, problems, references: [] };
}

function integrityOf(entry: unknown): string | null {
  const integrity = isMap(entry) ? entry.getIn(['resolution', 'integrity']) : null;
  return typeof integrity === 'string' ? integrity : null;
}

/** `name@1.0.0(peer@2)` (6 and 9, older with `/` in front), `/name/1.0.0_peer@2` (5), `name@https://…`. */
function parseKey(key: string): { readonly name: string; readonly version: string } | null {
  const bare = key.replace(/^\//, '').replace(/\(.*$/s, '');
  const modern = /^((?:@[^/@]+\/)?[^/@]+)@(.+)$/s.exec(bare);
  if (modern?.[1] !== undefined && modern[2] !== undefined) return { name: modern[1], version: modern[2] };
  const old = /^((?:@[^/@]+\/)?[^/@]+)\/([^/_]+)(?:_.*)?$/s.exec(bare);
  if (old?.[1] !== undefined && old[2] !== undefined) return { name: old[1], version: old[2] };
  const hosted = /^[^/@]+\.[^/@]+\/.+\/([^/]+)\/[0-9a-f]{7,}$/.exec(bare)?.[1];
  return hosted === undefined ? null : { name: hosted, version: `https://${bare}` };
}
