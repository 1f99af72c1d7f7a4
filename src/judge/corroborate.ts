import type { Finding } from '../model/finding.ts';

/**
 * Arguments about one call support each other. A chain of low confidence has medium where it ends at a host that none of the unit's texts
 * names, in the file that it begins in; where the texts speak of sending, only if a key goes along. What the list of permissions leaves
 * out and the description denies besides was not forgotten.
 */
export function corroborated(findings: readonly Finding[]): readonly Finding[] {
  const hosts = findings.filter(({ ruleId }) => ruleId === 'undocumented-host');
  const unnamed = new Set(hosts.filter(({ severity }) => severity === 'medium').map(placeOf));
  const unexplained = new Set(hosts.map(placeOf));
  const undeclared = new Set(findings.filter(({ ruleId }) => ruleId === 'undeclared-capability').map(useOf));
  if (unexplained.size === 0 && undeclared.size === 0) return findings;
  return findings.map((finding) => {
    if (finding.ruleId === 'description-contradicted' && undeclared.has(useOf(finding)))
      return {
        ...finding,
        severity: 'high',
        message: `${finding.message}. Its list of permissions leaves that out, too.`,
      };
    const isDoubtful =
      finding.kind === 'chain' && finding.category === 'exfiltration' && finding.confidence === 'low';
    if (!isDoubtful || !(finding.cwe.includes(CREDENTIALS) ? unexplained : unnamed).has(placeOf(finding)))
      return finding;
    if (finding.trace.some(({ path }) => path !== finding.location.path)) return finding;
    return {
      ...finding,
      confidence: 'medium',
      message: `${finding.message} None of its texts names that host.`,
    };
  });
}

/** Insufficiently protected credentials: a key goes along. */
const CREDENTIALS = 'CWE-522';

function placeOf({ unit, location }: Finding): string {
  return JSON.stringify([unit, location.path, location.layer, location.startLine]);
}

function useOf(finding: Finding): string {
  return JSON.stringify([placeOf(finding), finding.capability]);
}
