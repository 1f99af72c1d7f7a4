import type { Package } from '../model/dependency.ts';
import type { Finding } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import { isAudited, VERSION_SCHEMES } from './advisories/version-scheme.ts';
import type { MergedAdvisory } from './merge.ts';
import type { DependencyRuleId } from './rules.ts';
import { dependencyRule } from './rules.ts';
import { sha256 } from '../sha256.ts';

/** What a finding of this stage says beside its rule's facts. */
interface Statement extends Partial<
  Pick<Finding, 'severity' | 'suppressed' | 'kind' | 'confidence' | 'fix' | 'capability' | 'cwe'>
> {
  readonly message: string;
  readonly unit: string;
  readonly place: { readonly path: string; readonly startLine: number };
  /** What the finding is about, the same wherever in the file it stands. */
  readonly subject: string;
}

/** Makes a finding from a rule and what is said about this case. */
export function dependencyFinding(id: DependencyRuleId, statement: Statement): Finding {
  const rule = dependencyRule(id);
  const { place, capability, fix } = statement;
  return {
    ruleId: id,
    title: rule.title,
    severity: statement.severity ?? rule.severity,
    confidence: statement.confidence ?? rule.confidence,
    kind: statement.kind ?? rule.kind,
    category: rule.category,
    cwe: statement.cwe ?? rule.cwe,
    capability: capability === undefined ? rule.capability : capability,
    fix: fix === undefined ? rule.fix : fix,
    suppressed: statement.suppressed ?? null,
    message: statement.message,
    unit: statement.unit,
    stage: 'deps',
    location: lineLocation(place),
    trace: [],
    fingerprint: fingerprint(id, place.path, statement.subject),
  };
}

/** A whole line, of which only the number is known. */
export function lineLocation({
  path,
  startLine,
}: {
  readonly path: string;
  readonly startLine: number;
}): Location {
  return { path, startLine, startColumn: 1, endLine: startLine, endColumn: 1, layer: null };
}

function fingerprint(ruleId: string, path: string, subject: string): string {
  return sha256(`${ruleId}\0${path}\0\0${subject}`).slice(0, 32);
}

/**
 * The finding for an advisory that certainly concerns a package.
 * @param use one sentence on whether the package is imported; may be empty
 */
export function certainFinding(advisory: MergedAdvisory, dependency: Package, use: string): Finding {
  const { id, aliases, severity, malicious, fixed, summary } = advisory;
  const also = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
  const about = summary === '' ? '' : `: ${summary}`;
  const what = describe(dependency);
  const stated = dependency.resolvedAsOf === undefined ? what : `${what}, ${wouldBeInstalled(dependency)},`;
  const common = {
    unit: dependency.unit,
    place: placeOf(dependency),
    subject: `${id} ${what}`,
    suppressed: advisory.suppressed ?? null,
  };
  if (malicious)
    return dependencyFinding('dependency-malicious', {
      ...common,
      message: `${stated} is known to be malicious: ${id}${also}${about}${after(use)}`,
    });
  const exploited = advisory.kev === true ? ' It is known to be exploited.' : '';
  const unknown = severity === null ? ' No record states its severity; it is taken as high.' : '';
  return dependencyFinding('dependency-advisory', {
    ...common,
    // What nobody rated may be anything; a person should look.
    severity: severity ?? 'high',
    message:
      `${stated} is affected by ${id}${also}${about}.${exploited}${unknown}`.replace('..', '.') +
      (use === '' ? '' : ` ${use}`),
    fix:
      fixed === null
        ? 'No fixed version is known: replace the package, or check that the affected part is not used.'
        : `Pin ${dependency.name} to ${fixed} or later.`,
  });
}

/** What tells a version that a resolver chose from one that the target declares. */
function wouldBeInstalled({ resolvedAsOf }: Package): string {
  return `which would be installed as of ${resolvedAsOf ?? ''}`;
}

/** A sentence behind a clause. */
function after(sentence: string): string {
  return sentence === '' ? '' : `. ${sentence}`;
}

/** One note for all the advisories that concern some of the versions that a package's range allows. */
export function possibleFinding(all: readonly MergedAdvisory[], dependency: Package): Finding {
  const open = all.filter(({ suppressed }) => suppressed === undefined);
  // With a decision on each of them the note stays, marked; with one open it is about that one.
  const advisories = open.length === 0 ? all : open;
  const ids = advisories.map(({ id }) => id);
  const shown = ids.slice(0, 3).join(', ') + (ids.length > 3 ? ` and ${String(ids.length - 3)} more` : '');
  const isMalicious = advisories.some(({ malicious }) => malicious);
  return dependencyFinding('dependency-advisory-possible', {
    unit: dependency.unit,
    place: placeOf(dependency),
    subject: describe(dependency),
    suppressed: open.length === 0 ? (all[0]?.suppressed ?? null) : null,
    severity: isMalicious ? 'medium' : 'info',
    message: `${describe(dependency)} allows versions that are ${isMalicious ? 'malicious or ' : ''}affected by ${shown}.`,
    fix: pinAdvice(advisories, dependency),
  });
}

/** One version to pin: the highest of the fixes, since it has to be behind all of them. */
function pinAdvice(advisories: readonly MergedAdvisory[], { ecosystem, name, range }: Package): string {
  const fixes = advisories.map(({ fixed }) => fixed).filter((fixed) => fixed !== null);
  const scheme = isAudited(ecosystem) ? VERSION_SCHEMES[ecosystem] : null;
  const comparable = fixes.filter((fixed) => scheme?.isVersion(fixed) === true);
  if (scheme === null || comparable.length === 0)
    return `No fixed version is known: lock ${name} to a version that was looked at.`;
  const highest = comparable.reduce((a, b) => (scheme.compare(a, b) >= 0 ? a : b));
  const isAllowed = range === null || scheme.range(range)?.allows(highest) !== false;
  const beyond = isAllowed ? '' : `, which ${range} does not allow yet`;
  const unfixed = advisories.filter(({ fixed }) => fixed === null).map(({ id }) => id);
  const rest = unfixed.length === 0 ? '' : ` No fix is known for ${unfixed.slice(0, 3).join(', ')}.`;
  return `Pin ${name} to ${highest} or later${beyond}.${rest}`;
}

/** A package as people write it. */
export function describe({ name, version, range, pin }: Package): string {
  if (version !== null) return `${name} ${version}`;
  if (pin === 'none' || range === null) return `${name} (any version)`;
  return `${name} ${range}`;
}

/** Where a package is declared first. */
export function placeOf({ locations }: Package): { readonly path: string; readonly startLine: number } {
  return locations[0] ?? { path: '.', startLine: 1 };
}
