import { createHash } from 'node:crypto';
import type { Advisory, DependencyScope, Package } from '../../model/dependency.ts';
import type { Report } from '../../model/report.ts';
import { isDirect } from '../direct.ts';
import { compareText } from '../inventory/text.ts';
import { packageKey } from '../merge.ts';
import { statedVersion } from '../embedded.ts';
import { groupBy } from '../grouped.ts';

/** One package of the bill, whatever parts of the target it was found in. */
export interface Part {
  readonly purl: string;
  readonly name: string;
  readonly version: string | null;
  /** The ranges that allow it, when no version is pinned. */
  readonly ranges: readonly string[];
  /** The most binding of its scopes. */
  readonly scope: DependencyScope;
  /** True when the target asks for it itself; false when it came with something else. */
  readonly isDirect: boolean;
  /** By algorithm (`sha256`), hexadecimal: only where the files give exactly one, so that it is the package's and not one of its builds'. */
  readonly hashes: readonly { readonly algorithm: string; readonly digest: string }[];
  /** As its metadata gives it: an SPDX expression, or free text; null when nothing says. */
  readonly license: string | null;
  /** Where it is declared, as `path:line`. */
  readonly places: readonly string[];
  readonly advisories: readonly Advisory[];
}

/** What both formats of a bill of materials say. */
export interface Bill {
  readonly name: string;
  /** Hexadecimal sha256 of the target. */
  readonly digest: string;
  /** A UUID that the same target and the same version of sbx always get. */
  readonly serial: string;
  /** ISO 8601, without fractions of a second. */
  readonly created: string;
  readonly toolVersion: string;
  /** How far the inventory went: nothing missing here reads as not there. */
  readonly coverage: string;
  /** Sorted by purl. */
  readonly parts: readonly Part[];
}

const SCOPES: readonly DependencyScope[] = ['runtime', 'optional', 'build', 'dev', 'mentioned'];

/**
 * The bill of a report.
 * @param epoch seconds since 1970 to use as the time of creation (SOURCE_DATE_EPOCH of reproducible-builds.org); null: when the scan began
 */
export function billOf(report: Report, epoch: number | null): Bill {
  const { target, tool, dependencies, startedAt, stages } = report;
  const digest = target.digest.replace(/^sha256:/, '');
  const stage = stages.find(({ id }) => id === 'deps');
  // What a resolver chose today is not what the target is made of.
  const own = dependencies.packages.filter(({ resolvedAsOf }) => resolvedAsOf === undefined);
  const byPurl = groupBy(own, ({ purl }) => purl);
  const byName = groupBy(dependencies.advisories, (advisory) => `${advisory.ecosystem}\0${advisory.package}`);
  return {
    name: target.path.replace(/\/+$/, '').split('/').at(-1) || 'target',
    digest,
    serial: uuidOf(`${target.digest}\0${tool.version}`),
    created: (epoch === null ? new Date(startedAt) : new Date(epoch * 1000))
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    toolVersion: tool.version,
    coverage: `dependency audit ${stage?.status ?? 'not run'}${stage === undefined || stage.reason === '' ? '' : `: ${stage.reason}`}`,
    parts: [...byPurl.values()]
      .map((packages) =>
        partOf(packages, byName.get(`${packages[0]!.ecosystem}\0${packages[0]!.name}`) ?? []),
      )
      .sort((a, b) => compareText(a.purl, b.purl)),
  };
}

function partOf(packages: readonly Package[], advisories: readonly Advisory[]): Part {
  const [first] = packages as readonly [Package, ...Package[]];
  const places = new Set(packages.flatMap(({ locations }) => locations.map(placeOf)));
  return {
    purl: first.purl,
    name: first.name,
    version: first.version,
    ranges: [...new Set(packages.flatMap(({ range }) => range ?? []))].sort(),
    scope: SCOPES.find((scope) => packages.some((one) => one.scope === scope)) ?? 'runtime',
    isDirect: packages.some(isDirect),
    hashes: onlyHashes(packages.flatMap(({ hashes }) => hashes ?? [])),
    license: packages.find(({ license }) => typeof license === 'string')?.license ?? null,
    places: [...places].sort(),
    advisories: knownAgainst(packages, advisories, places),
  };
}

/** Of two versions at one place only one may be affected; of several ranges that are, the one that certainly is speaks for the part. */
function knownAgainst(
  packages: readonly Package[],
  advisories: readonly Advisory[],
  places: ReadonlySet<string>,
): Advisory[] {
  const stated = new Set(
    packages.map((each) => packageKey({ ...each, package: each.name, version: statedVersion(each) })),
  );
  const own = advisories.filter(
    (advisory) =>
      stated.has(packageKey(advisory)) && advisory.locations.some((place) => places.has(placeOf(place))),
  );
  const byId = groupBy(own, ({ id }) => id);
  return [...byId.values()].map((same) => same.find(({ certainty }) => certainty === 'certain') ?? same[0]!);
}

function placeOf({ path, startLine }: Package['locations'][number]): string {
  return `${path}:${startLine}`;
}

function onlyHashes(hashes: readonly string[]): Part['hashes'] {
  const byAlgorithm = new Map<string, Set<string>>();
  for (const hash of hashes) {
    const [algorithm = '', digest = ''] = hash.split(':');
    byAlgorithm.set(algorithm, (byAlgorithm.get(algorithm) ?? new Set()).add(digest));
  }
  return [...byAlgorithm]
    .filter(([, digests]) => digests.size === 1)
    .map(([algorithm, digests]) => ({ algorithm, digest: [...digests][0]! }))
    .sort((a, b) => compareText(a.algorithm, b.algorithm));
}

/** A UUID of version 8 (RFC 9562: made from a digest of one's own choice). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
