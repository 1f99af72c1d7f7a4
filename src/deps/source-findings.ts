import type { Package } from '../model/dependency.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from './inventory/inventory.ts';
import { isAudited } from './advisories/version-scheme.ts';
import { dependencyFinding, describe, placeOf } from './findings.ts';
import type { ToolConfig } from './tools/tool-config.ts';
import { mistypedName } from './typosquat.ts';

/** Findings about where packages come from, rather than about their versions. */
export function sourceFindings(
  inventory: Inventory,
  configs: readonly ToolConfig[],
  isKnownName: (dependency: Package) => boolean,
  unitOf: (path: string) => string,
): Finding[] {
  const at = (path: string, line: number) => ({ unit: unitOf(path), place: { path, startLine: line } });
  return [
    ...inventory.packages.flatMap((dependency) => addressFinding(dependency)),
    ...inventory.packages.flatMap((dependency) => typosquatFinding(dependency, isKnownName)),
    ...inventory.indexes.map(({ path, line, text }) =>
      dependencyFinding('dependency-index', {
        ...at(path, line),
        subject: text,
        message: `Asks for: ${text}`,
      }),
    ),
    ...inventory.outside.map(({ path, line, to }) =>
      dependencyFinding('dependency-include-outside', {
        ...at(path, line ?? 1),
        subject: to,
        message: `Includes ${to}, which lies outside the target. It was not read.`,
      }),
    ),
    ...inventory.unsupported.map(({ path, line, text }) =>
      dependencyFinding('dependency-not-audited', {
        ...at(path, line),
        subject: text,
        message: `Declares ${text}.`,
      }),
    ),
    ...configs.map(({ path, tool, ignores }) =>
      dependencyFinding('dependency-tool-config-in-target', {
        ...at(path, 1),
        subject: tool,
        severity: ignores ? 'medium' : 'low',
        message: `${path} ${ignores ? 'tells' : 'configures'} ${tool}${ignores ? ' to leave findings out' : ''}. It was not obeyed.`,
      }),
    ),
  ];
}

function addressFinding(dependency: Package): Finding[] {
  if (dependency.pin !== 'url' || dependency.range === null) return [];
  const address = dependency.range;
  const isPlain = /^(?:git\+)?http:|^git:/.test(address);
  // A full commit id or a hash names one content; anything else can be changed behind the name.
  const isFixed = /[@#/=][0-9a-f]{40}\b|[#&]sha256=/.test(address);
  const why = isPlain
    ? 'an address without encryption'
    : isFixed
      ? 'a fixed address'
      : 'an address whose content can change';
  return [
    dependencyFinding('dependency-url', {
      unit: dependency.unit,
      place: placeOf(dependency),
      subject: dependency.name,
      severity: isPlain || !isFixed ? 'medium' : 'low',
      message: `${dependency.name} comes from ${why}: ${address}`,
    }),
  ];
}

function typosquatFinding(dependency: Package, isKnownName: (dependency: Package) => boolean): Finding[] {
  if (!isAudited(dependency.ecosystem) || isKnownName(dependency)) return [];
  const meant = mistypedName(dependency.ecosystem, dependency.name);
  if (meant === null) return [];
  return [
    dependencyFinding('dependency-typosquat', {
      unit: dependency.unit,
      place: placeOf(dependency),
      subject: dependency.name,
      message: `${describe(dependency)} is one letter away from ${meant}.`,
    }),
  ];
}
