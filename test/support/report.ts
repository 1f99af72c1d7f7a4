import type { Guarantees } from '../../src/model/observation.ts';
import { GUARANTEES } from '../../src/model/observation.ts';
import type { Report } from '../../src/model/report.ts';
import { finding } from './evidence.ts';

/** What a hostile target would call its files: a terminal escape, a bidi override, markup, a forged CI command. */
export const HOSTILE_NAME = 'a\u001b[2J\u202e<script>alert(1)</script>\n::error::x|`@here`.py';

const LOCATION = { path: HOSTILE_NAME, startLine: 3, startColumn: 1, endLine: 3, endColumn: 9, layer: null };

/** A report with something in every field, some of it hostile, and nothing that changes from run to run. */
export function sampleReport(): Report {
  const rejected = finding({
    ruleId: 'secret-to-network',
    title: 'Secret sent over the network',
    message: `Reads ~/.ssh/id_rsa and sends it (${HOSTILE_NAME})`,
    severity: 'critical',
    unit: 'skills/thief',
    location: LOCATION,
    trace: [
      { path: HOSTILE_NAME, line: 2, message: 'reads ~/.ssh/id_rsa' },
      { path: HOSTILE_NAME, line: 3, message: 'sends it' },
    ],
    capability: 'net.connect',
    fingerprint: 'aaaaaaaaaaaaaaaa',
  });
  const suppressed = finding({
    ruleId: 'eval-of-input',
    kind: 'weakness',
    category: 'code-execution',
    severity: 'medium',
    unit: 'skills/plain',
    location: {
      path: 'run.py',
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 5,
      layer: 'run.py@12:base64',
    },
    fingerprint: 'bbbbbbbbbbbbbbbb',
    suppressed: { by: 'config', reason: 'looked at', expires: '2027-01-01' },
  });
  return {
    schema: 'sbx.report/1',
    tool: { name: 'sbx', version: '0.0.0', rulesDigest: 'sha256:1' },
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 1234,
    target: { path: './target', digest: `sha256:${'0'.repeat(64)}`, kind: 'directory' },
    units: [
      { path: 'skills/plain', kind: 'skill', name: 'plain', verdict: { decision: 'approve', reasons: [] } },
      {
        path: 'skills/thief',
        kind: 'skill',
        name: HOSTILE_NAME,
        verdict: {
          decision: 'reject',
          reasons: [{ code: 'chain', message: rejected.message, findings: [rejected.fingerprint] }],
        },
      },
    ],
    verdict: {
      decision: 'reject',
      reasons: [
        { code: 'chain', message: `skills/thief: ${rejected.message}`, findings: [rejected.fingerprint] },
      ],
    },
    stages: [
      { id: 'manifest', status: 'not-applicable', reason: 'it declares nothing', durationMs: 1, tools: [] },
      { id: 'static', status: 'done', reason: '', durationMs: 20, tools: [] },
      {
        id: 'deps',
        status: 'done',
        reason: '',
        durationMs: 30,
        tools: [{ id: 'osv-scanner', version: '2.5.1', status: 'ok' }],
      },
      {
        id: 'sandbox',
        status: 'partial',
        reason: 'numpy is missing: run `sbx setup`',
        durationMs: 900,
        tools: [],
      },
    ],
    findings: [suppressed, rejected],
    capabilities: [
      {
        unit: 'skills/thief',
        capability: 'net.connect',
        detail: 'collector.example',
        declared: false,
        static: [LOCATION],
        observed: [
          {
            kind: 'connect',
            phase: 'run',
            detail: 'collector.example:443',
            capability: 'net.connect',
            allowed: false,
            first: 10,
            last: 20,
            count: 2,
            decoy: null,
          },
        ],
      },
    ],
    dependencies: {
      packages: [
        {
          ecosystem: 'PyPI',
          name: 'flask',
          version: '1.0.0',
          range: null,
          pin: 'exact',
          scope: 'runtime',
          purl: 'pkg:pypi/flask@1.0.0',
          hashes: [],
          unit: 'skills/plain',
          locations: [{ path: 'requirements.txt', startLine: 1 }],
        },
      ],
      advisories: [
        {
          id: 'CVE-2023-30861',
          aliases: ['PYSEC-2023-62'],
          package: 'flask',
          ecosystem: 'PyPI',
          version: '1.0.0',
          severity: 'high',
          certainty: 'certain',
          malicious: false,
          fixed: '2.2.5',
          sources: ['embedded'],
          locations: [{ path: 'requirements.txt', startLine: 1 }],
        },
      ],
      coverage: {
        declared: 1,
        matched: 1,
        unpinned: 0,
        unreadable: [],
        database: { date: '2024-10-10', records: 3490 },
        tools: [
          {
            id: 'pip-audit',
            version: null,
            status: 'missing',
            message: 'install it with pipx install pip-audit',
          },
        ],
      },
    },
    observations: {
      backend: 'native',
      guarantees: Object.fromEntries(GUARANTEES.map((name) => [name, 'unproven'])) as Guarantees,
      runs: [
        {
          unit: 'skills/thief',
          command: ['bash', 'run.sh'],
          phase: 'run',
          exit: 1,
          durationMs: 12,
          events: [],
          lost: 0,
        },
      ],
    },
    coverage: {
      files: 3,
      bytes: 300,
      analysed: 2,
      opaque: [{ path: 'blob.bin', reason: 'unknown binary', blocking: true }],
    },
  };
}
