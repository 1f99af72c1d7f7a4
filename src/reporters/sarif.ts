import type { Log, ReportingDescriptor, Result, ThreadFlowLocation } from 'sarif';
import type { Finding, Severity } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { escapedJson, escapeLine } from './escape.ts';

const LEVEL: Readonly<Record<Severity, Result.level>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What GitHub reads to sort alerts (a CVSS-like number as text). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

/** The report as SARIF 2.1.0 (OASIS): one run, one result per finding, suppressed ones included and marked. */
export function renderSarif(report: Report): string {
  const ruleIds = [...new Set(report.findings.map(({ ruleId }) => ruleId))].sort();
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sbx',
            version: report.tool.version,
            semanticVersion: report.tool.version,
            properties: { rulesDigest: report.tool.rulesDigest },
            rules: ruleIds.map((id) => descriptorOf(report.findings.find(({ ruleId }) => ruleId === id)!)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.verdict.decision !== 'incomplete',
            startTimeUtc: report.startedAt,
            toolExecutionNotifications: report.stages
              // What was done may have been done with little, such as old advisories.
              .filter(({ reason }) => reason !== '')
              .map(({ id, status, reason }) => ({
                level: status === 'failed' || status === 'partial' ? 'error' : 'note',
                message: { text: escapeLine(`${id} ${status}: ${reason}`) },
              })),
          },
        ],
        results: report.findings.map((finding) => resultOf(finding, ruleIds)),
        properties: {
          decision: report.verdict.decision,
          targetDigest: report.target.digest,
          opaque: report.coverage.opaque.map(({ path, reason }) => escapeLine(`${path}: ${reason}`)),
        },
      },
    ],
  };
  return escapedJson(log);
}

function descriptorOf(finding: Finding): ReportingDescriptor {
  return {
    id: finding.ruleId,
    name: finding.ruleId,
    shortDescription: { text: finding.title },
    fullDescription: { text: finding.title },
    help: { text: finding.fix === '' ? finding.title : finding.fix },
    defaultConfiguration: { level: LEVEL[finding.severity] },
    properties: {
      tags: ['security', finding.category, ...finding.cwe.map((cwe) => `external/cwe/${cwe.toLowerCase()}`)],
      'security-severity': SECURITY_SEVERITY[finding.severity],
      precision: finding.confidence,
    },
  };
}

function resultOf(finding: Finding, ruleIds: readonly string[]): Result {
  const { location, trace, suppressed } = finding;
  const result: Result = {
    ruleId: finding.ruleId,
    ruleIndex: ruleIds.indexOf(finding.ruleId),
    level: LEVEL[finding.severity],
    message: { text: escapeLine(finding.message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(location.path), uriBaseId: '%SRCROOT%' },
          region: {
            startLine: location.startLine,
            startColumn: location.startColumn,
            endLine: location.endLine,
            endColumn: location.endColumn,
          },
        },
        ...(location.layer === null
          ? {}
          : { logicalLocations: [{ fullyQualifiedName: escapeLine(location.layer) }] }),
      },
    ],
    partialFingerprints: { 'sbx/v1': finding.fingerprint },
    properties: {
      unit: finding.unit,
      stage: finding.stage,
      confidence: finding.confidence,
      kind: finding.kind,
    },
  };
  if (trace.length > 0) {
    const locations: ThreadFlowLocation[] = trace.map((step) => ({
      location: {
        physicalLocation: { artifactLocation: { uri: uriOf(step.path) }, region: { startLine: step.line } },
        message: { text: escapeLine(step.message) },
      },
    }));
    result.codeFlows = [{ threadFlows: [{ locations }] }];
  }
  if (suppressed !== null) {
    const { by, reason, expires } = suppressed;
    result.suppressions = [
      { kind: 'external', justification: escapeLine(reason), properties: { by, expires } },
    ];
  }
  return result;
}

/** A relative URI reference (RFC 3986): every part percent-encoded, so that no name can leave the tree or start a scheme. */
function uriOf(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, '\ufffd')))
    .join('/');
}
