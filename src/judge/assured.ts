import type { Assurance, Safeguard } from '../assurances.ts';
import type { Finding } from '../model/finding.ts';
import type { Unit } from '../model/target.ts';
import { sha256 } from '../sha256.ts';
import { JUDGE_RULES } from './rules.ts';

/**
 * The weakness that each safeguard is against. For paths those rules alone that have looked for the check: most paths from outside are held
 * in by a function of the target's own.
 */
const AGAINST: Readonly<Record<Safeguard, ReadonlySet<string>>> = {
  path: new Set(['CWE-23']),
  query: new Set(['CWE-89']),
  code: new Set(['CWE-94', 'CWE-95']),
  command: new Set(['CWE-77', 'CWE-78']),
};

/** Kinds of units that people choose by their description. */
const DESCRIBED: ReadonlySet<Unit['kind']> = new Set(['skill', 'agent-plugin', 'mcp-server']);

/** Scripts beside the thing itself keep none of its promises. */
const BESIDE = /(?:^|\/)(?:tests?|examples?|evals?|benchmarks?|docs|ci|\.github)\//i;

/**
 * Weaknesses of a kind that the unit's description says it has not: an honest weakness is for its author to mend, one that people are told
 * is not there is for those who trust in it. Where the weakness is certain it weighs as much as any contradiction, else a person looks.
 * @param say what a unit's own texts assure, by its path; asked only where there is a weakness
 */
export function brokenAssurancesOf(
  findings: readonly Finding[],
  units: readonly Unit[],
  say: (unit: string) => readonly (Assurance & { readonly path: string })[],
): readonly Finding[] {
  const described = new Set(units.filter(({ kind }) => DESCRIBED.has(kind)).map(({ path }) => path));
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    if (finding.kind !== 'weakness' || finding.confidence === 'low' || !described.has(finding.unit)) continue;
    if (BESIDE.test(finding.location.path)) continue;
    const assurance = say(finding.unit).find(({ safeguard }) =>
      finding.cwe.some((cwe) => AGAINST[safeguard].has(cwe)),
    );
    if (assurance === undefined) continue;
    const broken = contradicted(finding, assurance);
    const known = found.get(broken.fingerprint);
    // Two rules may see the same weakness, one of them more surely.
    if (known === undefined || broken.severity === 'high') found.set(broken.fingerprint, broken);
  }
  return [...found.values()];
}

function contradicted(
  finding: Finding,
  { safeguard, text, path, line }: Assurance & { path: string },
): Finding {
  const rule = JUDGE_RULES['assurance-broken'];
  const isCertain = finding.severity === 'high' && finding.confidence === 'high';
  const { startLine, layer } = finding.location;
  const key = [rule.id, finding.unit, safeguard, finding.location.path, layer, startLine].join('\0');
  return {
    ...finding,
    ruleId: rule.id,
    title: rule.title,
    message: `It says "${text}", and: ${finding.message}`,
    severity: isCertain ? 'high' : 'medium',
    confidence: 'medium',
    kind: rule.kind,
    category: rule.category,
    cwe: [...rule.cwe, ...finding.cwe],
    trace: [...finding.trace, { path, line, message: `it says: ${text}` }],
    fix: rule.fix,
    fingerprint: sha256(key).slice(0, 32),
    suppressed: null,
  };
}
