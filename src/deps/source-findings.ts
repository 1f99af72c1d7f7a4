import type { Package } from '../model/dependency.ts';
import type { Finding } from '../model/finding.ts';
import type { Inventory } from './inventory/inventory.ts';
import { isAudited } from './advisories/version-scheme.ts';
import { dependencyFinding, describe, placeOf } from './findings.ts';
import type { ToolConfig } from './tools/tool-config.ts';
import { addressFindings } from './sources/address-findings.ts';
import { confusionFindings } from './sources/confusion.ts';
import { hashFindings } from './sources/hash-findings.ts';
import { installScriptFindings } from './sources/install-script-findings.ts';
import { deprecationFindings, lockMismatchFindings } from './sources/lock-findings.ts';
import type { Registry } from './sources/registries.ts';
import { mistypedName } from './typosquat.ts';

/** Findings about where packages come from, rather than about their versions. */
export function sourceFindings(
  inventory: Inventory,
  configs: readonly ToolConfig[],
  registries: readonly Registry[],
  isKnownName: (dependency: Package) => boolean,
  unitOf: (path: string) => string,
): Finding[] {
  const at = (path: string, line: number) => ({ unit: unitOf(path), place: { path, startLine: line } });
  return [
    ...addressFindings(inventory.packages),
    ...hashFindings(inventory, unitOf),
    ...lockMismatchFindings(inventory.files, unitOf),
    ...deprecationFindings(inventory.files, unitOf),
    ...installScriptFindings(inventory),
    ...confusionFindings(inventory, registries, isKnownName),
    ...inventory.packages.flatMap((dependency) => typosquatFinding(dependency, isKnownName)),
    ...inventory.indexes.map(({ path, line, text }) => indexFinding(at(path, line), text, null)),
    ...registries.map(({ path, line, text, scope }) => indexFinding(at(path, line), text, scope)),
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

/** A registry for one npm scope leaves every other name where it was. */
function indexFinding(
  at: { readonly unit: string; readonly place: { readonly path: string; readonly startLine: number } },
  text: string,
  scope: string | null,
): Finding {
  return dependencyFinding('dependency-index', {
    ...at,
    subject: text,
    ...(scope === null ? {} : { severity: 'low' }),
    message: `Asks for: ${text}`,
  });
}

function typosquatFinding(dependency: Package, isKnownName: (dependency: Package) => boolean): Finding[] {
  if (!isAudited(dependency.ecosystem)) return [];
  const meant = mistypedName(dependency.ecosystem, dependency.name);
  if (meant === null || isKnownName(dependency)) return [];
  return [
    dependencyFinding('dependency-typosquat', {
      unit: dependency.unit,
      place: placeOf(dependency),
      subject: dependency.name,
      message: `${describe(dependency)} is one letter away from ${meant}.`,
    }),
  ];
}
