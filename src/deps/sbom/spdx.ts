import { SPDX } from '@cyclonedx/cyclonedx-library';
import type { DependencyScope } from '../../model/dependency.ts';
import type { Bill, Part } from './bill.ts';
import { licenseForm } from './license-form.ts';

const ROOT = 'SPDXRef-Target';

/** From the part to the target, as SPDX names it; a direct part of what runs is told from the target's side. */
const RELATIONS: Readonly<Record<DependencyScope, string>> = {
  runtime: 'RUNTIME_DEPENDENCY_OF',
  optional: 'OPTIONAL_DEPENDENCY_OF',
  build: 'BUILD_DEPENDENCY_OF',
  dev: 'DEV_DEPENDENCY_OF',
  mentioned: 'OTHER',
};

const CHECKSUMS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']);

/** The bill as SPDX 2.3 (ISO/IEC 5962), in its JSON form. */
export function spdxOf(bill: Bill): unknown {
  const ids = new Map(bill.parts.map((part, index) => [part.purl, `SPDXRef-Package-${index + 1}`]));
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: bill.name,
    documentNamespace: `https://spdx.org/spdxdocs/sbx-${bill.serial}`,
    comment: bill.coverage,
    creationInfo: { created: bill.created, creators: [`Tool: sbx-${bill.toolVersion}`] },
    packages: [rootOf(bill), ...bill.parts.map((part) => packageOf(part, ids.get(part.purl)!))],
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: ROOT },
      ...bill.parts.map((part) => relationOf(part, ids.get(part.purl)!)),
    ],
  };
}

function rootOf({ name, digest }: Bill): unknown {
  return {
    SPDXID: ROOT,
    name,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    checksums: [{ algorithm: 'SHA256', checksumValue: digest }],
    primaryPackagePurpose: 'APPLICATION',
  };
}

function packageOf(
  { name, version, purl, license, hashes, ranges, places, scope }: Part,
  id: string,
): unknown {
  const form = license === null ? null : licenseForm(license, SPDX.isSupportedSpdxId);
  const checksums = hashes.filter(({ algorithm }) => CHECKSUMS.has(algorithm));
  const notes = [
    `${scope}, declared at ${places.join(', ')}`,
    ...(ranges.length === 0 ? [] : [`no version is pinned: ${ranges.join(' | ')}`]),
  ];
  return {
    SPDXID: id,
    name,
    ...(version === null ? {} : { versionInfo: version }),
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: form?.kind === 'expression' ? form.text : 'NOASSERTION',
    // A licence that is no SPDX expression is handed on as its package words it.
    ...(form?.kind === 'name' ? { licenseComments: form.text } : {}),
    copyrightText: 'NOASSERTION',
    comment: notes.join('; '),
    ...(checksums.length === 0
      ? {}
      : {
          checksums: checksums.map(({ algorithm, digest }) => ({
            algorithm: algorithm.toUpperCase(),
            checksumValue: digest,
          })),
        }),
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }],
    primaryPackagePurpose: 'LIBRARY',
  };
}

function relationOf({ isDirect, scope }: Part, id: string): unknown {
  if (isDirect && scope === 'runtime')
    return { spdxElementId: ROOT, relationshipType: 'DEPENDS_ON', relatedSpdxElement: id };
  return {
    spdxElementId: id,
    relationshipType: RELATIONS[scope],
    relatedSpdxElement: ROOT,
    ...(scope === 'mentioned' ? { comment: 'named in an install command' } : {}),
  };
}
