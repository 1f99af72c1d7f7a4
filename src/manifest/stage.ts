import { createHash } from 'node:crypto';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { startOf } from '../model/location.ts';
import type { Gap, Outcome } from '../model/outcome.ts';
import type { Stage, StageContext } from '../model/stage.ts';
import type { Target, TargetFile, Unit } from '../model/target.ts';
import type { Declared } from './claims.ts';
import { claimEvidence, claimsOfManifest } from './claims.ts';
import { claimsOfSkill } from './front-matter.ts';
import {
  claimsOfJsonManifest,
  claimsOfPackageJson,
  claimsOfPyproject,
  claimsOfServerConfig,
  JSON_MANIFEST,
} from './metadata.ts';
import type { FoundManifest } from './read.ts';
import { manifestOf } from './read.ts';
import { MANIFEST_RULES } from './rules.ts';

/** Files of a unit's own folder that say what it does, and how to read them. */
const METADATA: readonly (readonly [RegExp, (text: string) => Declared | Promise<Declared>])[] = [
  [/^skill\.md$/i, claimsOfSkill],
  [/^package\.json$/, claimsOfPackageJson],
  [/^\.?mcp\.json$/, claimsOfServerConfig],
  [/^pyproject\.toml$/, claimsOfPyproject],
  [JSON_MANIFEST, claimsOfJsonManifest],
];

const MAX_METADATA_BYTES = 1024 * 1024;

/** What the target says it does: its manifest, its skills' front matter, its packages' metadata; or what the operator allows. */
export const manifestStage: Stage = {
  id: 'manifest',
  async run(target: Target, context: StageContext): Promise<Outcome> {
    const started = performance.now();
    const files = new Map(target.files.map((file) => [file.path, file]));
    const evidence: Evidence[] = [];
    const findings: Finding[] = [];
    const gaps: Gap[] = [];
    const declaring = new Set<string>();
    let manifests = 0;
    for (const unit of target.units) {
      evidence.push(...(await metadataClaims(unit, files)));
      if (context.manifest !== null) {
        manifests += 1;
        const { path, manifest } = context.manifest;
        evidence.push(...claimEvidence(claimsOfManifest(manifest), unit.path, 'high', startOf(path)));
        if (manifest.capabilities !== undefined) declaring.add(unit.path);
        continue;
      }
      const found = manifestOf(unit, files);
      if (found === null) continue;
      manifests += 1;
      if (found.manifest === null) {
        findings.push(...invalid(found, unit));
        gaps.push({
          unit: unit.path,
          reason: `${found.file.path} is not a valid manifest: run "sbx manifest validate"`,
        });
      } else {
        const claims = claimsOfManifest(found.manifest);
        evidence.push(...claimEvidence(claims, unit.path, 'high', startOf(found.file.path)));
        if (found.manifest.capabilities !== undefined) declaring.add(unit.path);
      }
    }
    const isEmpty = manifests === 0 && evidence.length === 0;
    return {
      id: 'manifest',
      status: gaps.length > 0 ? 'partial' : isEmpty ? 'not-applicable' : 'done',
      reason:
        gaps[0]?.reason ??
        (isEmpty ? 'it declares nothing: no manifest, no metadata that claims anything' : ''),
      durationMs: Math.round(performance.now() - started),
      tools: [],
      findings,
      evidence,
      gaps,
      declaring: [...declaring],
    };
  },
};

async function metadataClaims(
  unit: Unit,
  files: ReadonlyMap<string, TargetFile>,
): Promise<readonly Evidence[]> {
  const evidence: Evidence[] = [];
  for (const path of unit.files) {
    const inUnit = unit.path === '.' ? path : path.slice(unit.path.length + 1);
    const reader = METADATA.find(([pattern]) => pattern.test(inUnit))?.[1];
    const content = files.get(path)?.content ?? null;
    if (reader === undefined || content === null || content.byteLength > MAX_METADATA_BYTES) continue;
    const { claims } = await reader(Buffer.from(content).toString('utf8'));
    evidence.push(...claimEvidence(claims, unit.path, 'low', startOf(path)));
  }
  return evidence;
}

function invalid({ file, problems }: FoundManifest, unit: Unit): readonly Finding[] {
  const rule = MANIFEST_RULES['manifest-invalid'];
  return problems.map(({ line, column, message }) => ({
    ruleId: rule.id,
    title: rule.title,
    message,
    severity: rule.severity,
    confidence: rule.confidence,
    kind: rule.kind,
    category: rule.category,
    cwe: rule.cwe,
    unit: unit.path,
    stage: 'manifest',
    location: {
      path: file.path,
      startLine: line,
      startColumn: column,
      endLine: line,
      endColumn: column,
      layer: null,
    },
    trace: [],
    capability: null,
    fix: rule.fix,
    fingerprint: createHash('sha256')
      .update(`${rule.id}\0${file.path}\0${message}`)
      .digest('hex')
      .slice(0, 32),
    suppressed: null,
  }));
}
