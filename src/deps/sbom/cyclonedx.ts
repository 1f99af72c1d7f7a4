import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';
import type { Advisory, DependencyScope } from '../../model/dependency.ts';
import type { Bill, Part } from './bill.ts';
import { licenseForm } from './license-form.ts';

const ALGORITHMS: Readonly<Record<string, Enums.HashAlgorithm>> = {
  md5: Enums.HashAlgorithm.MD5,
  sha1: Enums.HashAlgorithm['SHA-1'],
  sha256: Enums.HashAlgorithm['SHA-256'],
  sha384: Enums.HashAlgorithm['SHA-384'],
  sha512: Enums.HashAlgorithm['SHA-512'],
};

const SCOPES: Readonly<Record<DependencyScope, Enums.ComponentScope>> = {
  runtime: Enums.ComponentScope.Required,
  optional: Enums.ComponentScope.Optional,
  build: Enums.ComponentScope.Excluded,
  dev: Enums.ComponentScope.Excluded,
  mentioned: Enums.ComponentScope.Excluded,
};

/** The bill as CycloneDX 1.6 (ECMA-424): components, what is known against them, and as much of the graph as is known. */
export function cyclonedxOf(bill: Bill): unknown {
  const root = new Models.Component(Enums.ComponentType.Application, bill.name, {
    bomRef: `sbx:target:${bill.digest}`,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], bill.digest]]),
  });
  const document = new Models.Bom({
    serialNumber: `urn:uuid:${bill.serial}`,
    version: 1,
    metadata: new Models.Metadata({
      timestamp: new Date(bill.created),
      component: root,
      tools: new Models.Tools({
        components: new Models.ComponentRepository([
          new Models.Component(Enums.ComponentType.Application, 'sbx', { version: bill.toolVersion }),
        ]),
      }),
      properties: new Models.PropertyRepository([new Models.Property('sbx:coverage', bill.coverage)]),
    }),
  });
  for (const part of bill.parts) {
    const component = componentOf(part);
    document.components.add(component);
    if (part.isDirect) root.dependencies.add(component.bomRef);
    for (const advisory of part.advisories)
      document.vulnerabilities.add(vulnerabilityOf(advisory, component));
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return JSON.parse(new Serialize.JsonSerializer(factory).serialize(document, { sortLists: true }));
}

function componentOf(part: Part): Models.Component {
  const [group, name] = part.name.startsWith('@') ? part.name.split('/', 2) : [undefined, part.name];
  return new Models.Component(Enums.ComponentType.Library, name ?? part.name, {
    group,
    version: part.version ?? undefined,
    purl: part.purl,
    bomRef: part.purl,
    scope: SCOPES[part.scope],
    hashes: new Models.HashDictionary(
      part.hashes.flatMap(({ algorithm, digest }) => {
        const known = ALGORITHMS[algorithm];
        return known === undefined ? [] : [[known, digest] as const];
      }),
    ),
    licenses: new Models.LicenseRepository(part.license === null ? [] : [licenseOf(part.license)]),
    properties: new Models.PropertyRepository([
      new Models.Property('sbx:scope', part.scope),
      ...part.ranges.map((range) => new Models.Property('sbx:range', range)),
      ...part.places.map((place) => new Models.Property('sbx:declared', place)),
    ]),
  });
}

function licenseOf(license: string): Models.SpdxLicense | Models.LicenseExpression | Models.NamedLicense {
  const { kind, text } = licenseForm(license, SPDX.isSupportedSpdxId);
  if (kind === 'name') return new Models.NamedLicense(text);
  return SPDX.isSupportedSpdxId(text) ? new Models.SpdxLicense(text) : new Models.LicenseExpression(text);
}

function vulnerabilityOf(
  advisory: Advisory,
  component: Models.Component,
): Models.Vulnerability.Vulnerability {
  const { id, aliases, severity, fixed, certainty, malicious } = advisory;
  return new Models.Vulnerability.Vulnerability({
    bomRef: `${id} ${component.purl ?? component.name}`,
    id,
    references: new Models.Vulnerability.ReferenceRepository(
      aliases.map(
        (alias) =>
          new Models.Vulnerability.Reference(alias, new Models.Vulnerability.Source({ name: 'OSV' })),
      ),
    ),
    ratings: new Models.Vulnerability.RatingRepository([
      new Models.Vulnerability.Rating({
        severity: malicious
          ? Enums.Vulnerability.Severity.Critical
          : ((severity ?? Enums.Vulnerability.Severity.Unknown) as Enums.Vulnerability.Severity),
      }),
    ]),
    recommendation: malicious ? 'Remove it.' : fixed === null ? undefined : `Use ${fixed} or later.`,
    affects: new Models.Vulnerability.AffectRepository([new Models.Vulnerability.Affect(component.bomRef)]),
    properties: new Models.PropertyRepository([new Models.Property('sbx:certainty', certainty)]),
  });
}
