import { CAPABILITIES } from '../model/capability.ts';
import type { Capability } from '../model/capability.ts';
import type { Confidence, Evidence } from '../model/evidence.ts';
import type { Location } from '../model/location.ts';
import type { Manifest } from '../model/manifest.ts';

/** A claim before it knows whose it is. */
export interface Claim {
  readonly capability: Capability;
  /** A pattern; `*` for anything. */
  readonly detail: string;
}

/** What one file of metadata says openly. */
export interface Declared {
  readonly claims: readonly Claim[];
  /** It lists the permissions that are needed, and every entry was understood. */
  readonly listsPermissions: boolean;
  /** It lists the tools that are used. */
  readonly listsTools: boolean;
}

/** The metadata of a file that says nothing. */
export const NOTHING_DECLARED: Declared = { claims: [], listsPermissions: false, listsTools: false };

/**
 * What a manifest declares. A capability given as `true` covers everything (`**`).
 */
export function claimsOfManifest(manifest: Manifest): readonly Claim[] {
  return CAPABILITIES.flatMap((capability) => {
    const patterns = manifest.capabilities?.[capability];
    if (patterns === undefined) return [];
    return (patterns === true ? ['**'] : patterns).map((detail) => ({ capability, detail }));
  });
}

/** The capability and detail that stand for one entry of a skill's `allowed-tools`: `Bash(git:*)`, `WebFetch(domain:x)`, `Read`. */
export function claimOfTool(tool: string): Claim | null {
  const parts = /^\s*([\w-]+)\s*(?:\(([^)]{0,500})\)\s*)?$/.exec(tool);
  if (parts === null) return null;
  const [, name = '', scope] = parts;
  const capability = CAPABILITY_OF_TOOL.get(name.toLowerCase());
  if (capability === undefined) return null;
  if (scope === undefined || scope === '' || scope === '*') return { capability, detail: '**' };
  if (capability === 'net.connect') return { capability, detail: scope.replace(/^domain:/, '') };
  // `git log:*` allows the command git with anything after it.
  if (capability === 'proc.exec') return { capability, detail: scope.split(/[\s:]/, 1)[0] ?? '**' };
  return { capability, detail: scope };
}

const CAPABILITY_OF_TOOL: ReadonlyMap<string, Capability> = new Map(
  Object.entries<Capability>({
    bash: 'proc.exec',
    shell: 'proc.exec',
    read: 'fs.read',
    glob: 'fs.read',
    grep: 'fs.read',
    ls: 'fs.read',
    write: 'fs.write',
    edit: 'fs.write',
    multiedit: 'fs.write',
    notebookedit: 'fs.write',
    webfetch: 'net.connect',
    websearch: 'net.connect',
  }),
);

/** Claims as evidence for a unit. */
export function claimEvidence(
  claims: readonly Claim[],
  unit: string,
  confidence: Confidence,
  location: Location,
): readonly Evidence[] {
  return claims.map(({ capability, detail }) => ({
    source: 'claim',
    capability,
    detail,
    unit,
    scope: null,
    guard: null,
    confidence,
    location,
    event: null,
  }));
}
