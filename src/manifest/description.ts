import type { TargetFile, Unit } from '../model/target.ts';
import type { Claim, Declared } from './claims.ts';
import { NOTHING_DECLARED } from './claims.ts';
import type { Assurance } from '../assurances.ts';
import { assurancesIn } from '../assurances.ts';
import type { Denial } from '../denials.ts';
import { denialsIn } from '../denials.ts';
import { claimsOfSkill } from './front-matter.ts';
import { claimsOfJsonManifest, JSON_MANIFEST } from './metadata.ts';

/** What a unit's own texts say of it. */
export interface Description {
  /** Its documentation and manifests, in lower case: what is named here is no secret. */
  readonly text: string;
  /** What its README or SKILL.md says that it does not do, with the file that says so. */
  readonly denials: readonly (Denial & { readonly path: string })[];
  /** What its README or SKILL.md says is held in check, with the file that says so. */
  readonly assurances: readonly (Assurance & { readonly path: string })[];
  /** Its complete list of the permissions that it needs; null: none. */
  readonly permissions: List | null;
  /** Its list of the agent's tools that it works with; null: none. */
  readonly tools: List | null;
}

/** A list in a unit's metadata that it can be held to, as far as the words of the list go. */
interface List {
  readonly claims: readonly Claim[];
  /** The file that it stands in. */
  readonly path: string;
}

const SAYS_NOTHING: Description = { text: '', denials: [], assurances: [], permissions: null, tools: null };

/** Documentation, and manifests that people read before they install something. */
const DOCUMENTATION =
  /\.(?:md|mdx|rst|txt|adoc)$|(?:^|\/)(?:package|plugin|manifest|server|skill|\.?mcp)\.json$|(?:^|\/)pyproject\.toml$|(?:^|\/)LICENSE$/i;
/** Where a unit speaks of itself. */
const OWN_WORDS = /^(?:skill|readme)(?:\.(?:md|mdx|rst|txt))?$/i;
/** No unit has more to say than this, bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads what units say of themselves, each when it is asked for and once.
 * @returns by {@link Unit.path}
 */
export function describerOf(
  targetFiles: readonly TargetFile[],
  targetUnits: readonly Unit[],
): (unit: string) => Description {
  const files = new Map(targetFiles.map((file) => [file.path, file]));
  const units = new Map(targetUnits.map((unit) => [unit.path, unit]));
  const known = new Map<string, Description>();
  return (path) => {
    let description = known.get(path);
    if (description === undefined) {
      const unit = units.get(path);
      description = unit === undefined ? SAYS_NOTHING : descriptionOf(unit, files);
      known.set(path, description);
    }
    return description;
  };
}

function descriptionOf(unit: Unit, files: ReadonlyMap<string, TargetFile>): Description {
  const texts: string[] = [];
  const denials: (Denial & { readonly path: string })[] = [];
  const assurances: (Assurance & { readonly path: string })[] = [];
  let permissions: List | null = null;
  let tools: List | null = null;
  let left = MAX_BYTES;
  for (const path of unit.files) {
    const content = DOCUMENTATION.test(path) ? (files.get(path)?.content ?? null) : null;
    if (content === null || content.byteLength > left) continue;
    left -= content.byteLength;
    const text = Buffer.from(content).toString('utf8');
    texts.push(text.toLowerCase());
    const inUnit = unit.path === '.' ? path : path.slice(unit.path.length + 1);
    const { claims, listsPermissions, listsTools } = declaredIn(inUnit, text);
    const list = { claims, path };
    if (listsPermissions) permissions ??= list;
    if (listsTools) tools ??= list;
    if (!OWN_WORDS.test(inUnit)) continue;
    denials.push(...denialsIn(text).map((denial) => ({ ...denial, path })));
    assurances.push(...assurancesIn(text).map((assurance) => ({ ...assurance, path })));
  }
  return { text: texts.join('\n'), denials, assurances, permissions, tools };
}

function declaredIn(path: string, text: string): Declared {
  if (/^skill\.md$/i.test(path)) return claimsOfSkill(text);
  return JSON_MANIFEST.test(path) ? claimsOfJsonManifest(text) : NOTHING_DECLARED;
}
