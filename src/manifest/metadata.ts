import { isNestedTooDeeply } from '../nesting.ts';
import type { Claim, Declared } from './claims.ts';
import { NOTHING_DECLARED } from './claims.ts';
import { permissionsIn } from './permissions.ts';

/** Scripts that npm runs on installation; a package that lists one says openly that it runs code then. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

/** What package.json says openly: what it runs on installation. Broken JSON claims nothing. */
export function claimsOfPackageJson(text: string): Declared {
  const scripts = objectAt(parseJson(text), 'scripts');
  const claims = INSTALL_SCRIPTS.flatMap((name) => {
    const command = scripts?.[name];
    return typeof command === 'string' ? [{ capability: 'install.hook' as const, detail: name }] : [];
  });
  return { ...NOTHING_DECLARED, claims };
}

/** The JSON manifests of skills, plug-ins and bundles, in their folder. */
export const JSON_MANIFEST = /^(?:\.\w+-plugin\/)?(?:skill|plugin|manifest)\.json$/;

/** What the JSON manifest of a skill, plug-in or bundle says openly: the permissions that it lists. */
export function claimsOfJsonManifest(text: string): Declared {
  const parsed = isNestedTooDeeply(text) ? null : parseJson(text);
  const listed =
    typeof parsed === 'object' && parsed !== null && 'permissions' in parsed
      ? permissionsIn(parsed.permissions)
      : null;
  return listed === null
    ? NOTHING_DECLARED
    : { claims: listed.claims, listsPermissions: listed.isClosed, listsTools: false };
}

/** What `.mcp.json` and its like say openly: the commands they start, the variables they pass, the servers they call. */
export function claimsOfServerConfig(text: string): Declared {
  const config = parseJson(text);
  const servers = objectAt(config, 'mcpServers') ?? objectAt(config, 'servers') ?? {};
  const claims = Object.values(servers).flatMap((server): readonly Claim[] => {
    if (typeof server !== 'object' || server === null) return [];
    const { command, url, env } = server as { command?: unknown; url?: unknown; env?: unknown };
    const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : null;
    return [
      ...(typeof command === 'string' ? [{ capability: 'proc.exec' as const, detail: command }] : []),
      ...(host === null ? [] : [{ capability: 'net.connect' as const, detail: host }]),
      ...(typeof env === 'object' && env !== null
        ? Object.keys(env).map((detail) => ({ capability: 'env.read' as const, detail }))
        : []),
    ];
  });
  return { ...NOTHING_DECLARED, claims };
}

/** What pyproject.toml says openly: the commands it installs. */
export async function claimsOfPyproject(text: string): Promise<Declared> {
  if (isNestedTooDeeply(text)) return NOTHING_DECLARED;
  const { parse } = await import('smol-toml');
  try {
    const project = objectAt(parse(text), 'project');
    const names = ['scripts', 'gui-scripts'].flatMap((key) => Object.keys(objectAt(project, key) ?? {}));
    return { ...NOTHING_DECLARED, claims: names.map((detail) => ({ capability: 'proc.exec', detail })) };
  } catch {
    // The dependency stage says that it is broken.
    return NOTHING_DECLARED;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function objectAt(value: unknown, key: string): Record<string, unknown> | null {
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null;
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    ? (inner as Record<string, unknown>)
    : null;
}
