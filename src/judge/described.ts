import { matchesDetail } from '../detail-pattern.ts';
import type { Capability } from '../model/capability.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { startOf } from '../model/location.ts';
import type { Unit } from '../model/target.ts';
import { WORTH_DECLARING } from './contradictions.ts';
import { describeEvidence, isInUse, judgeFinding } from './judge-finding.ts';
import { unmentionedPersistence } from './lasting-changes.ts';
import { hostsNeedNoWords, isNamedIn } from './named-hosts.ts';
import { JUDGE_RULES } from './rules.ts';

/** What a unit's own texts say of it, as the judge needs it. */
export interface SaidOfItself {
  /** All of it, in lower case. */
  readonly text: string;
  /** What it says that it does not do. */
  readonly denials: readonly {
    readonly capabilities: readonly Capability[];
    readonly isOfDefault?: true;
    readonly text: string;
    readonly path: string;
    readonly line: number;
  }[];
  readonly permissions: List | null;
  readonly tools: List | null;
}

/** A list that a unit can be held to. */
interface List {
  readonly claims: readonly { readonly capability: Capability; readonly detail: string }[];
  readonly path: string;
}

/** Kinds of units that people choose by their description. */
const DESCRIBED: ReadonlySet<Unit['kind']> = new Set(['skill', 'agent-plugin', 'mcp-server', 'gym-env']);

/** Files below these are scratch, and no change that a description speaks of. */
const SCRATCH = /^(?:\/tmp|\/var\/tmp|\/dev)(?:\/|$)/;

/** Who reads this of a thing expects it to send something, even if not where to. */
const SPEAKS_OF_SENDING =
  /\b(?:send(?:s|ing)?|upload(?:s|ed|ing)?|transmit\w*|submit\w*|sync(?:s|ed|ing|hroni[sz]\w*)?|publish\w*|telemetry|webhooks?|remote (?:service|server|api|endpoint)|posts? (?:it|them|the \w+ )?to)\b/;

/**
 * Holds what units say of themselves against what their code can do: a description that denies it, hosts that it does not name, tools that
 * it leaves out of its list.
 * @param say what a unit's own texts say, by its path; asked only where there is something to compare
 */
export function misdescribedOf(
  evidence: readonly Evidence[],
  units: readonly Unit[],
  say: (unit: string) => SaidOfItself,
): readonly Finding[] {
  const kinds = new Map(units.map(({ path, kind }) => [path, kind]));
  const findings = new Map<string, Finding>();
  const add = (finding: Finding | null): void => {
    if (finding !== null && !findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
  };
  const byUnit = new Map<string, Evidence[]>();
  for (const item of evidence) {
    if (!isInUse(item)) continue;
    const own = byUnit.get(item.unit);
    if (own === undefined) byUnit.set(item.unit, [item]);
    else own.push(item);
    add(deniedBy(item, say));
    add(unpermitted(item, say));
    const kind = kinds.get(item.unit);
    if (kind === undefined || !DESCRIBED.has(kind)) continue;
    add(unnamedHost(item, say));
    if (item.capability === 'persist') add(unmentionedPersistence(item, say(item.unit).text));
  }
  for (const { path } of units) add(toolsLeftOut(path, byUnit.get(path) ?? [], say));
  return [...findings.values()];
}

/** The description says that it does no such thing. */
function deniedBy(item: Evidence, say: (unit: string) => SaidOfItself): Finding | null {
  const { capability, detail } = item;
  if (!capability.startsWith('net.') && !capability.startsWith('fs.') && capability !== 'secret.read')
    return null;
  if (capability === 'net.connect' && hostsNeedNoWords(detail)) return null;
  if (capability.startsWith('fs.') && SCRATCH.test(detail)) return null;
  if (capability === 'secret.read' && !/[/\\~.]/.test(detail)) return null;
  // What is sent under a condition may be what the user has asked for.
  const isAsked = item.guard !== null || item.isSending !== true;
  const denial = say(item.unit).denials.find(
    ({ capabilities, isOfDefault }) =>
      capabilities.includes(capability) && (isOfDefault !== true || !isAsked),
  );
  if (denial === undefined) return null;
  const isFixedHost = capability === 'net.connect' && detail !== '*';
  return judgeFinding(item, JUDGE_RULES['description-contradicted'], {
    message: `It says "${denial.text}", and it ${describeEvidence(item)} (${capability})`,
    severity:
      isFixedHost && item.isSending === true
        ? 'high'
        : isFixedHost || capability === 'fs.delete'
          ? 'medium'
          : 'low',
    confidence: 'medium',
    against: {
      location: { ...startOf(denial.path), startLine: denial.line },
      message: `it says: ${denial.text}`,
    },
  });
}

/** It talks to a host that none of its texts names. */
function unnamedHost(item: Evidence, say: (unit: string) => SaidOfItself): Finding | null {
  if (item.capability !== 'net.connect' || item.confidence !== 'high') return null;
  if (item.detail === '*' || hostsNeedNoWords(item.detail)) return null;
  const { text } = say(item.unit);
  if (text === '' || isNamedIn(text, item.detail)) return null;
  const isSending = item.isSending === true;
  const isExpected = SPEAKS_OF_SENDING.test(text);
  if (isExpected && !isSending) return null;
  return judgeFinding(item, JUDGE_RULES['undocumented-host'], {
    message: `It ${isSending ? 'sends data to' : 'talks to'} ${item.detail}, which none of its texts names`,
    severity: isSending && !isExpected ? 'medium' : 'low',
    confidence: 'medium',
  });
}

/** Capabilities that lists of permissions have words for. */
const PERMISSIONS: ReadonlySet<Capability> = new Set([...WORTH_DECLARING, 'fs.write', 'fs.delete']);

/**
 * Its list of permissions leaves it out. The words of such lists are coarse: one's own key, read by its name, is not a secret (ADR 50),
 * and who may run programs may change files.
 */
function unpermitted(item: Evidence, say: (unit: string) => SaidOfItself): Finding | null {
  const { capability, detail } = item;
  if (!PERMISSIONS.has(capability) || (capability === 'secret.read' && !/[/\\~.]/.test(detail))) return null;
  const { permissions } = say(item.unit);
  if (permissions === null) return null;
  // An empty list is no short one: it says that nothing at all is needed.
  const isDenial = permissions.claims.length === 0 && WORTH_DECLARING.has(capability);
  const isCovered = permissions.claims.some(
    (claim) =>
      (claim.capability === capability && matchesDetail(claim.detail, detail)) ||
      (claim.capability === 'proc.exec' && capability.startsWith('fs.')),
  );
  if (isCovered) return null;
  return judgeFinding(item, JUDGE_RULES['undeclared-capability'], {
    message: `It ${describeEvidence(item)}, which its list of permissions leaves out (${capability})`,
    ...(isDenial && isTelling(item) ? { severity: 'high' } : {}),
    against: { location: startOf(permissions.path), message: 'the list of permissions' },
  });
}

/** What nobody does who needs nothing: a shell started, data sent, a private file read, something kept running. */
function isTelling({ capability, detail, isSending }: Evidence): boolean {
  if (capability === 'net.connect') return isSending === true;
  if (capability === 'proc.exec') return SHELL.test(detail);
  return capability !== 'net.listen' && capability !== 'device';
}

const SHELL = /^(?:\S{0,100}[/\\])?(?:(?:ba|da|z|k|fi)?sh|cmd(?:\.exe)?|pwsh|powershell(?:\.exe)?)\b/i;

/** Its list of tools has neither a shell to start its scripts with nor what they do. */
function toolsLeftOut(
  unit: string,
  inUse: readonly Evidence[],
  say: (unit: string) => SaidOfItself,
): Finding | null {
  const needed = inUse.filter(({ capability }) => NEEDS_TOOL.has(capability));
  const { tools } = needed.length === 0 ? { tools: null } : say(unit);
  if (tools === null) return null;
  const listed = new Set(tools.claims.map(({ capability }) => capability));
  // Who may use the shell may do all of it.
  if (listed.has('proc.exec')) return null;
  const left = needed.filter(({ capability }) => !listed.has(capability));
  const worst = left.find(({ isSending }) => isSending === true) ?? left[0];
  if (worst === undefined) return null;
  return judgeFinding(worst, JUDGE_RULES['tools-not-listed'], {
    message: `It ${describeEvidence(worst)} (${worst.capability}), for which its list of tools has none`,
    severity: worst.isSending === true ? 'medium' : 'low',
    confidence: 'medium',
    against: { location: startOf(tools.path), message: 'the list of tools' },
  });
}

/** What none of the tools that only look can do. */
const NEEDS_TOOL: ReadonlySet<Capability> = new Set([
  'net.connect',
  'net.listen',
  'proc.exec',
  'fs.write',
  'fs.delete',
]);
