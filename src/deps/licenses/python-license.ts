/** Trove classifiers that name exactly one licence of the SPDX list; families (`BSD License`) are left as they are worded. */
const CLASSIFIERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'MIT License': 'MIT',
    'MIT No Attribution License (MIT-0)': 'MIT-0',
    'ISC License (ISCL)': 'ISC',
    'Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
    'The Unlicense (Unlicense)': 'Unlicense',
    'zlib/libpng License': 'Zlib',
    'Boost Software License 1.0 (BSL-1.0)': 'BSL-1.0',
    'GNU General Public License v2 (GPLv2)': 'GPL-2.0-only',
    'GNU General Public License v2 or later (GPLv2+)': 'GPL-2.0-or-later',
    'GNU General Public License v3 (GPLv3)': 'GPL-3.0-only',
    'GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
    'GNU Lesser General Public License v3 (LGPLv3)': 'LGPL-3.0-only',
    'GNU Lesser General Public License v3 or later (LGPLv3+)': 'LGPL-3.0-or-later',
    'GNU Affero General Public License v3': 'AGPL-3.0-only',
    'GNU Affero General Public License v3 or later (AGPLv3+)': 'AGPL-3.0-or-later',
    'European Union Public Licence 1.2 (EUPL 1.2)': 'EUPL-1.2',
    'Universal Permissive License (UPL)': 'UPL-1.0',
  }),
);

/** Longer fields are licence texts, not names; in characters. */
const MAX_NAME = 200;
/** Metadata longer than this before its first empty line is none. */
const MAX_LINES = 5_000;

/** A distribution by what its core metadata says of itself. */
export interface LicensedDistribution {
  readonly name: string;
  readonly version: string;
  /** Null when it says nothing. */
  readonly license: string | null;
}

/** The licence out of core metadata: `License-Expression` (PEP 639), then `License`, then classifiers. Null without a name and version. */
export function licenseOfMetadata(text: string): LicensedDistribution | null {
  const fields = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/, MAX_LINES)) {
    if (line === '') break;
    const [, key = '', value = ''] = /^([A-Za-z-]{1,40}):[ \t]?(.*)$/.exec(line) ?? [];
    if (key !== '')
      fields.set(key.toLowerCase(), [...(fields.get(key.toLowerCase()) ?? []).slice(0, 100), value.trim()]);
  }
  const [name] = fields.get('name') ?? [];
  const [version] = fields.get('version') ?? [];
  if (name === undefined || version === undefined) return null;
  const stated = [...(fields.get('license-expression') ?? []), ...(fields.get('license') ?? [])].find(
    (value) => value !== '' && value !== 'UNKNOWN' && value.length <= MAX_NAME,
  );
  return { name, version, license: stated ?? licenseOfClassifiers(fields.get('classifier') ?? []) };
}

function licenseOfClassifiers(classifiers: readonly string[]): string | null {
  const named = classifiers
    .filter((classifier) => classifier.startsWith('License :: '))
    .map((classifier) => classifier.slice(classifier.lastIndexOf(' :: ') + 4))
    .filter((name) => name !== 'OSI Approved');
  if (named.length === 0) return null;
  // Several may mean a choice or that all of them hold: only one is a statement.
  return named.length === 1 ? (CLASSIFIERS.get(named[0]!) ?? named[0]!) : named.join(', ');
}
