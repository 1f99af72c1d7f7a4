import type { Advisory, Dependencies, Package } from '../model/dependency.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import type { Gap, Outcome } from '../model/outcome.ts';
import type { Stage, StageContext } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import { openIndex } from './advisories/database.ts';
import { AUDITED_ECOSYSTEMS } from './advisories/version-scheme.ts';
import type { EmbeddedResult } from './embedded.ts';
import { matchEmbedded, statedVersion } from './embedded.ts';
import { certainFinding, lineLocation, placeOf, possibleFinding } from './findings.ts';
import { importFindings } from './imports/import-findings.ts';
import { readImports } from './imports/read-imports.ts';
import { describeUse, leastSafe, Usage } from './imports/usage.ts';
import type { Inventory } from './inventory/inventory.ts';
import { comparePackages, takeInventory } from './inventory/inventory.ts';
import { INVENTORY_FORMATS } from './inventory/formats.ts';
import { compareText } from './inventory/text.ts';
import { withLicenses } from './licenses/read-licenses.ts';
import type { MergedAdvisory } from './merge.ts';
import { mergeReports, packageKey } from './merge.ts';
import { missedFindings, missedGaps } from './missed.ts';
import type { Resolution } from './resolve/resolve.ts';
import { resolveOpen } from './resolve/resolve.ts';
import { yankedFindings } from './resolve/yanked-findings.ts';
import { sourceFindings } from './source-findings.ts';
import { configuredRegistries } from './sources/registries.ts';
import { reasonOf } from './stage-reason.ts';
import { findToolConfig } from './tools/tool-config.ts';
import type { ToolResult } from './tools/tool-result.ts';
import { askTools } from './tools/audit-tools.ts';
import { hasFallenShort } from './tools/tool-result.ts';
import { upgradeOf } from './upgrade.ts';
import { unreadableByFile } from './unreadable.ts';
import { groupBy, push } from './grouped.ts';

/** What the target depends on, and what is known against it. Offline unless the operator says otherwise; executes nothing of the target. */
export const depsStage: Stage = { id: 'deps', run: audit };

async function audit(target: Target, context: StageContext): Promise<Outcome> {
  const started = performance.now();
  openIndexesFor(target);
  const inventory = takeInventory(target);
  const resolution = context.resolve ? await resolveOpen(inventory, context, today()) : null;
  const audited = withResolved(inventory, resolution);
  const unitOf = unitFinder(target);
  const configs = findToolConfig(target);
  const embedded = await matchEmbedded(audited.packages);
  const { results, missed } = await askTools(target, audited, embedded, context);
  const tools = resolution === null ? results : [...results, resolution.result];
  const isEmpty = inventory.packages.length === 0 && inventory.unreadable.length === 0 && missed.length === 0;
  const merged = mergeReports([...embedded.reports, ...tools.flatMap(({ reports }) => reports)]).map(
    (advisory) => withDecision(advisory, context.decisions),
  );
  const imports = readImports(target, inventory.packages);
  const usage = new Usage(imports, inventory.packages);
  const unreadable = unreadableByFile(inventory, embedded);
  const gaps: Gap[] = [
    ...unreadable.map(({ path, reason }) => ({ unit: unitOf(path), reason: `${path}: ${reason}` })),
    ...missedGaps(missed, unitOf),
    ...tools
      .filter(hasFallenShort)
      .map(({ id, status, message }) => ({ unit: null, reason: `${id} (${status}): ${message}` })),
  ];
  const isKnownName = ({ ecosystem, name }: Package): boolean =>
    [...embedded.indexes.values()].some(({ index }) => index.ecosystem === ecosystem && index.has(name));
  const concerned = concernedBy(merged, audited.packages);
  const dependencies = dependenciesOf(audited, embedded, tools, concerned, unreadable, usage);
  return {
    id: 'deps',
    status: isEmpty ? 'not-applicable' : gaps.length > 0 ? 'partial' : 'done',
    reason: isEmpty ? 'nothing declares a dependency' : reasonOf(audited, embedded, tools, gaps),
    durationMs: Math.round(performance.now() - started),
    tools: tools.map(({ id, version, status }) => ({ id, version, status })),
    findings: [
      ...advisoryFindings(concerned, usage),
      ...yankedFindings(resolution?.yanked ?? [], audited.packages),
      ...importFindings(target, inventory.packages, imports, usage),
      ...sourceFindings(inventory, configs, configuredRegistries(target), isKnownName, unitOf),
      ...missedFindings(missed, unitOf),
    ],
    evidence: installScripts(inventory),
    gaps,
    dependencies: { ...dependencies, packages: withLicenses(dependencies.packages, target) },
  };
}

/** Indexes that will most likely be asked are unpacked on another thread while the target is read; what goes wrong is said by who asks them. */
function openIndexesFor({ files }: Target): void {
  for (const ecosystem of AUDITED_ECOSYSTEMS) {
    const formats = INVENTORY_FORMATS.filter((format) => format.ecosystem === ecosystem);
    if (files.some(({ path }) => formats.some(({ matches }) => matches(path))))
      openIndex(ecosystem).catch(() => undefined);
  }
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What would be installed is audited like what is declared, and stays marked. */
function withResolved(inventory: Inventory, resolution: Resolution | null): Inventory {
  if (resolution === null) return inventory;
  return { ...inventory, packages: [...inventory.packages, ...resolution.packages].sort(comparePackages) };
}

function unitFinder(target: Target): (path: string) => string {
  const units = new Map(target.units.flatMap((unit) => unit.files.map((file) => [file, unit.path] as const)));
  const fallback = target.units[0]?.path ?? '.';
  return (path) => units.get(path) ?? fallback;
}

/** Advisories, each with the packages that it concerns, in the order of the advisories. */
type Concerned = ReadonlyMap<MergedAdvisory, readonly Package[]>;

function concernedBy(merged: readonly MergedAdvisory[], packages: readonly Package[]): Concerned {
  if (merged.length === 0) return new Map();
  const declared = groupBy(packages, (dependency) => {
    const { ecosystem, name } = dependency;
    return packageKey({ ecosystem, package: name, version: statedVersion(dependency) });
  });
  return new Map(merged.map((advisory) => [advisory, declared.get(packageKey(advisory)) ?? []]));
}

function withDecision(advisory: MergedAdvisory, decisions: StageContext['decisions']): MergedAdvisory {
  const suppressed = decisions?.decisionOn(advisory) ?? null;
  return suppressed === null ? advisory : { ...advisory, suppressed };
}

function advisoryFindings(concerned: Concerned, usage: Usage): Finding[] {
  const possible = new Map<Package, MergedAdvisory[]>();
  const findings: Finding[] = [];
  for (const [advisory, packages] of concerned) {
    for (const dependency of packages) {
      if (advisory.certainty === 'certain')
        findings.push(certainFinding(advisory, dependency, describeUse(usage, dependency)));
      else push(possible, dependency, advisory);
    }
  }
  for (const [dependency, advisories] of possible) findings.push(possibleFinding(advisories, dependency));
  return findings;
}

/** A lockfile that says "this one runs a script when it is installed" is evidence of the capability. */
function installScripts({ packages, withInstallScript }: Inventory): Evidence[] {
  return packages
    .filter(({ purl }) => withInstallScript.has(purl))
    .map((dependency) => ({
      source: 'dependency',
      capability: 'install.hook',
      detail: `${dependency.name}@${statedVersion(dependency)}`,
      unit: dependency.unit,
      scope: 'install-hook',
      guard: null,
      confidence: 'medium',
      location: lineLocation(placeOf(dependency)),
      event: null,
    }));
}

function dependenciesOf(
  { packages }: Inventory,
  { matched, indexes, matchers }: EmbeddedResult,
  tools: readonly ToolResult[],
  concerned: Concerned,
  unreadable: Dependencies['coverage']['unreadable'],
  usage: Usage,
): Dependencies {
  const opened = [...indexes.values()].map(({ index }) => index);
  return {
    packages: withUpgrades(packages, concerned, matchers),
    advisories: [...concerned].map(([{ summary: _, ...advisory }, affected]): Advisory => ({
      ...advisory,
      imported: leastSafe(affected.map((item) => usage.imported(item))),
      locations: placesOf(affected),
    })),
    coverage: {
      declared: packages.filter(isDeclared).length,
      matched: [...matched].filter(isDeclared).length,
      unpinned: packages.filter(({ pin }) => pin === 'range' || pin === 'none').length,
      unreadable,
      database: {
        // Of several ecosystems the one that was left behind: what is older than it is covered everywhere.
        date: opened.map(({ date }) => date).sort(compareText)[0] ?? '',
        records: opened.reduce((sum, { records }) => sum + records, 0),
      },
      tools: tools.map(({ id, version, status, message }) => ({ id, version, status, message })),
    },
  };
}

/** Says of every affected package which version mends it. */
function withUpgrades(
  packages: readonly Package[],
  concerned: Concerned,
  matchers: EmbeddedResult['matchers'],
): Package[] {
  const against = new Map<Package, MergedAdvisory[]>();
  for (const [advisory, affected] of concerned)
    for (const dependency of affected) push(against, dependency, advisory);
  return packages.map((dependency) => {
    const advisories = against.get(dependency);
    return advisories === undefined
      ? dependency
      : { ...dependency, upgrade: upgradeOf(dependency, advisories, matchers) };
  });
}

/** What the target says itself, rather than what a resolver made of it. */
function isDeclared({ resolvedAsOf }: Package): boolean {
  return resolvedAsOf === undefined;
}

function placesOf(packages: readonly Package[]): Package['locations'] {
  return packages
    .flatMap(({ locations }) => locations)
    .sort((a, b) => compareText(a.path, b.path) || a.startLine - b.startLine);
}
