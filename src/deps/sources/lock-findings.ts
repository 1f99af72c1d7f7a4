import type { Finding } from '../../model/finding.ts';
import { dependencyFinding } from '../findings.ts';
import type { Declaration } from '../inventory/declaration.ts';
import type { ReadFile } from '../inventory/read-files.ts';

/** Entries of one lock that are told one by one; a lock that has more was changed as a whole. */
const MAX_ENTRIES = 50;

/**
 * Entries of locks that stand for one package and fetch the archive of another. Installers take the address as it stands and never compare
 * the name, so a changed line in a long generated file is all that it takes to install something else (lockfile injection).
 */
export function lockMismatchFindings(
  files: readonly ReadFile[],
  unitOf: (path: string) => string,
): Finding[] {
  return files.flatMap(({ path, reading: { declarations } }) =>
    declarations
      // Who asks for an address by itself gets what it names; that is another finding.
      .filter(({ archiveOf, pin }) => archiveOf !== undefined && pin !== 'url' && pin !== 'path')
      .slice(0, MAX_ENTRIES)
      .map(({ name, line, version, archiveOf = '' }) =>
        dependencyFinding('dependency-lock-mismatch', {
          unit: unitOf(path),
          place: { path, startLine: line },
          subject: `${name} ${archiveOf}`,
          message: `${path} locks ${name}${version === null ? '' : ` ${version}`} and fetches the archive of another package for it: ${archiveOf}.`,
        }),
      ),
  );
}

/** One note a lock: which of its packages their makers ask nobody to use any more. */
export function deprecationFindings(files: readonly ReadFile[], unitOf: (path: string) => string): Finding[] {
  return files.flatMap(({ path, reading }) => {
    const deprecated = reading.declarations.filter((declaration) => declaration.deprecated !== undefined);
    const [first] = deprecated;
    if (first === undefined) return [];
    const shown = deprecated.slice(0, 3).map(describeDeprecated);
    const more = deprecated.length > 3 ? ` and ${String(deprecated.length - 3)} more` : '';
    return [
      dependencyFinding('dependency-deprecated', {
        unit: unitOf(path),
        place: { path, startLine: first.line },
        subject: path,
        message: `Locks versions that their makers call deprecated: ${shown.join(', ')}${more}.`,
      }),
    ];
  });
}

/** Characters of a maker's words that are repeated. */
const MAX_WORDS = 120;

function describeDeprecated({ name, version, deprecated = '' }: Declaration): string {
  const words = deprecated.replace(/[\s\p{C}]+/gu, ' ').trim();
  const reason = words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words;
  return `${name} ${version ?? ''}${reason === '' ? '' : ` (“${reason}”)`}`;
}
