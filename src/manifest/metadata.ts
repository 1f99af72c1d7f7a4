import { isNestedTooDeeply } from '../nesting.ts';
import type { Claim } from './claims.ts';

/** Scripts that npm runs on installation; a package that lists one says openly that it runs code then. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

/** What package.json says openly: what it runs on installation. Broken JSON claims nothing. */
export function claimsOfPackageJson(text: string): readonly Claim[] {
  const scripts = objectAt(parseJson(text), 'scripts');
  return INSTALL_SCRIPTS.flatMap((name) => {
    const command = scripts?.[name];
    return typeof command === 'string' ? [{ capability: 'install.hook' as const, detail: name }] : [];
  });
}

/** What `.mcp.json` and its like say openly: the commands they start, the variables they pass, the servers they call. */
export function claimsOfServerConfig(text: string): readonly Claim[] {
  const servers = objectAt(parseJson(text), 'mcpServers') ?? objectAt(parseJson(text), 'servers') ?? {};
  return Object.values(servers).flatMap((server): readonly Claim[] => {
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
}

/** What pyproject.toml says openly: the commands it installs. */
export async function claimsOfPyproject(text: string): Promise<readonly Claim[]> {
  if (isNestedTooDeeply(text)) return [];
  const { parse } = await import('smol-toml');
  try {
    const project = objectAt(parse(text), 'project');
    const names = ['scripts', 'gui-scripts'].flatMap((key) => Object.keys(objectAt(project, key) ?? {}));
    return names.map((detail) => ({ capability: 'proc.exec', detail }));
  } catch {
    // The dependency stage says that it is broken.
    return [];
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
