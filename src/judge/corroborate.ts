import type { Finding } from '../model/finding.ts';

/**
 * Two arguments about one call support each other: data that may be sent out by accident of the analysis, and a host that none of the
 * unit's texts names. A chain of low confidence has medium where it ends at such a host, in the file that it begins in.
 */
export function corroborated(findings: readonly Finding[]): readonly Finding[] {
  const unnamed = new Set(
    findings
      .filter(({ ruleId, severity }) => ruleId === 'undocumented-host' && severity === 'medium')
      .map(placeOf),
  );
  if (unnamed.size === 0) return findings;
  return findings.map((finding) => {
    const isDoubtful =
      finding.kind === 'chain' && finding.category === 'exfiltration' && finding.confidence === 'low';
    if (!isDoubtful || !unnamed.has(placeOf(finding))) return finding;
    if (finding.trace.some(({ path }) => path !== finding.location.path)) return finding;
    return {
      ...finding,
      confidence: 'medium',
      message: `${finding.message} None of its texts names that host.`,
    };
  });
}

function placeOf({ unit, location }: Finding): string {
  return JSON.stringify([unit, location.path, location.layer, location.startLine]);
}
