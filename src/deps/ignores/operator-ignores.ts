import { readDocument } from '../../manifest/document.ts';
import type { Advisory, AdvisoryDecisions, DecidedAdvisory } from '../../model/dependency.ts';
import { isMaliciousId } from '../advisories/osv-record.ts';
import { normalizePypiName } from '../inventory/requirement.ts';
import type { VexStatement } from './openvex.ts';
import { readVexDocument } from './openvex.ts';
import { covers } from './package-url.ts';
import { push } from '../grouped.ts';

/** One entry of `dependencies.ignore` in the operator's configuration; everything given must hold. */
interface Ignore {
  /** Id or alias. */
  readonly id: string;
  readonly package?: string;
  readonly reason: string;
  /** The last day on which it holds, ISO 8601. */
  readonly expires?: string;
}

type About = Pick<Advisory, 'id' | 'aliases' | 'ecosystem' | 'package' | 'version' | 'malicious'>;

/** What the operator decided about advisories, in the configuration and in OpenVEX documents; never anything of the target's. */
export class OperatorIgnores implements AdvisoryDecisions {
  readonly #configFile: string;
  readonly #ignores: readonly Ignore[];
  readonly #statements: readonly VexStatement[];
  readonly #today: string;
  readonly #used = new Set<Ignore>();
  readonly #bySubject = new Map<string, VexStatement[]>();

  /**
   * @param now for tests; expiry is by day, UTC
   * @throws SbxError of kind `config` when a file cannot be read or is wrong
   */
  constructor(
    files: { readonly configFile: string | null; readonly vexFiles: readonly string[] },
    now = new Date(),
  ) {
    this.#configFile = files.configFile ?? '';
    this.#ignores = files.configFile === null ? [] : ignoresIn(files.configFile);
    this.#statements = files.vexFiles.flatMap(readVexDocument);
    this.#today = now.toISOString().slice(0, 10);
    for (const statement of this.#statements) {
      for (const id of statement.ids) push(this.#bySubject, id, statement);
    }
  }

  /** The configuration goes before documents, which others may have written. */
  decisionOn(advisory: About): DecidedAdvisory | null {
    const ids = [advisory.id, ...advisory.aliases];
    // A malicious package is no vulnerability: only a decision that names it as such counts.
    const named = advisory.malicious ? ids.filter(isMaliciousId) : ids;
    return this.#ignored(named, advisory) ?? this.#stated(named, advisory);
  }

  /** Entries that no longer hold, a sentence each. */
  expired(): readonly string[] {
    return this.#sentences(
      (ignore) => this.#isExpired(ignore),
      ({ expires = '' }) => `expired on ${expires} and was not applied`,
    );
  }

  /** Entries that hold and that nothing was found for, a sentence each. Complete only after every advisory was asked about. */
  unused(): readonly string[] {
    return this.#sentences(
      (ignore) => !this.#isExpired(ignore) && !this.#used.has(ignore),
      () => 'concerns nothing that was found; remove it',
    );
  }

  #isExpired({ expires }: Ignore): boolean {
    return expires !== undefined && expires < this.#today;
  }

  #ignored(ids: readonly string[], about: About): DecidedAdvisory | null {
    const covering = this.#ignores.filter(
      (ignore) => ids.includes(ignore.id) && isAbout(ignore, about) && !this.#isExpired(ignore),
    );
    for (const ignore of covering) this.#used.add(ignore);
    const [first] = covering;
    return first === undefined
      ? null
      : { by: 'config', reason: first.reason, expires: first.expires ?? null };
  }

  /** Of several statements the one that was made last counts, the last of a document when the times are the same. */
  #stated(ids: readonly string[], about: About): DecidedAdvisory | null {
    const statements = new Set(ids.flatMap((id) => this.#bySubject.get(id) ?? []));
    const last = this.#statements
      .filter((statement) => statements.has(statement))
      .filter(({ packages }) => packages.some((named) => covers(named, about)))
      .reduce<VexStatement | null>((a, b) => (a === null || b.time >= a.time ? b : a), null);
    return last?.isSettled === true ? { by: 'vex', reason: last.reason, expires: null } : null;
  }

  #sentences(chosen: (ignore: Ignore) => boolean, say: (ignore: Ignore) => string): readonly string[] {
    return this.#ignores.flatMap((ignore, index) => {
      if (!chosen(ignore)) return [];
      const what = [ignore.id, ignore.package].filter((part) => part !== undefined).join(', ');
      return [`${this.#configFile}: dependencies.ignore.${String(index)} (${what}) ${say(ignore)}`];
    });
  }
}

function ignoresIn(configFile: string): readonly Ignore[] {
  const config = readDocument(configFile, 'config') as { dependencies?: { ignore?: readonly Ignore[] } };
  return config.dependencies?.ignore ?? [];
}

function isAbout({ package: name }: Ignore, about: About): boolean {
  if (name === undefined) return true;
  return (about.ecosystem === 'PyPI' ? normalizePypiName(name) : name) === about.package;
}
