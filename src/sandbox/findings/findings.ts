import { createHash } from 'node:crypto';
import type { Finding } from '../../model/finding.ts';
import { startOf } from '../../model/location.ts';
import type { ObservedEvent } from '../../model/observation.ts';
import type { Target, Unit } from '../../model/target.ts';
import { conductOf } from './environment.ts';
import type { ObservedRun } from '../observed-run.ts';
import { commandName, hostOf } from '../recorder/classify.ts';
import { privilegeFindings } from './privileges.ts';
import type { Failure } from '../recorder/records.ts';
import type { RuleId } from '../rules/rules.ts';
import { SANDBOX_RULES } from '../rules/rules.ts';
import { DOWNLOADED } from '../sinkhole/traffic-events.ts';
import type { Difference } from '../worlds/tour.ts';
import { differencesOf } from '../worlds/world-findings.ts';
import type { Say } from './say.ts';
import { isAskedFor, isOfClient, openlyShown, serverFindings, unwrittenDescriptions } from './server.ts';

/** Files that network libraries and package tools look into by themselves (requests reads `~/.netrc` before every request). */
const TOOL_SETTINGS = new Set([
  '~/.netrc',
  '~/.npmrc',
  '~/.pypirc',
  '~/.docker/config.json',
  '~/.kube/config',
]);

/** What urllib3, and so requests and pip, binds when it is imported, to learn whether the machine has IPv6; it does not listen there. */
const IPV6_PROBE = '::1:0';

/** A program has one key of its own, perhaps two; so many are a harvest. */
const MANY_TOKENS = 4;

/** What a run gives cause to say. Each finding once per unit and subject, wherever it was seen first. */
export function findingsOf(unit: Unit, observed: readonly ObservedRun[], target: Target): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const each of observed) {
    for (const finding of ofRun(unit, each, target)) {
      if (!findings.has(finding.fingerprint)) findings.set(finding.fingerprint, finding);
    }
  }
  return [...findings.values()];
}

/** What differs between worlds. */
export function worldFindings(unit: Unit, differences: readonly Difference[]): readonly Finding[] {
  return differencesOf(differences, (rule, path, subject, message) =>
    finding(rule, unit, path, subject, message),
  );
}

function ofRun(unit: Unit, observed: ObservedRun, target: Target): readonly Finding[] {
  const { conversation } = observed;
  // Only who is talked to can have been asked; anybody may name a phase.
  const isServer = conversation !== null;
  const events = observed.run.events.filter((event) => !isServer || !isOfClient(event));
  const say = (rule: RuleId, subject: string, message: string): Finding =>
    finding(rule, unit, observed.planned.path, subject, message);
  const made = conversation === null ? [] : unwrittenDescriptions(unit, target, conversation);
  return [
    ...secrets(
      events.filter((event) => openlyShown(event, conversation) === null),
      isServer,
      say,
    ),
    ...acts(unit, events, say),
    ...privilegeFindings(events, say),
    ...conduct(observed, say),
    ...serverFindings(observed, say),
    ...made.map((name) =>
      say(
        'run-tool-description-made',
        name,
        `The description of the tool ${name} stands in none of its files`,
      ),
    ),
  ];
}

function secrets(events: readonly ObservedEvent[], isServer: boolean, say: Say): readonly Finding[] {
  const found: Finding[] = [];
  const network = events.find((event) => isNetwork(event) && !(isServer && isAskedFor(event)));
  const decoys = events.filter(({ kind }) => kind === 'decoy');
  const reads = decoys.filter(({ decoy, detail }) => decoy === detail);
  const files = reads.filter(({ capability }) => capability === 'secret.read');
  const keys = files.filter(({ detail }) => !TOOL_SETTINGS.has(detail));
  for (const { decoy, detail, phase, capability } of decoys.filter((event) => !reads.includes(event))) {
    const name = decoy ?? 'a decoy';
    const isToken = capability === 'env.read';
    if (detail.startsWith('the file '))
      found.push(say('run-secret-copied', name, `It copied ${name} into ${detail}, in phase ${phase}`));
    else if (isToken && detail.startsWith('output'))
      found.push(say('run-secret-printed', name, `It printed the value of ${name}`));
    else
      found.push(
        say('decoy-left', name, `The planted secret ${name} turned up in ${detail}, in phase ${phase}`),
      );
  }
  for (const { detail, phase } of keys)
    found.push(say('run-decoy-read', detail, `It read ${detail} in phase ${phase}`));
  for (const { detail } of files.filter((event) => TOOL_SETTINGS.has(event.detail)))
    found.push(say('run-tool-settings-read', detail, `It, or a library, read ${detail}`));
  if (network === undefined) return found;
  if (keys[0] !== undefined) {
    const message = `It read ${list(keys.map(({ detail }) => detail))} and tried to reach ${network.detail}`;
    found.push(say('run-secret-and-network', hostOf(network.detail), message));
  }
  const tokens = new Set(
    reads.filter(({ capability }) => capability === 'env.read').map(({ detail }) => detail),
  );
  if (tokens.size >= MANY_TOKENS) {
    const message = `It read ${tokens.size} tokens from the environment and tried to reach ${network.detail}`;
    found.push(say('run-environment-and-network', hostOf(network.detail), message));
  }
  return found;
}

function acts(unit: Unit, events: readonly ObservedEvent[], say: Say): readonly Finding[] {
  const isEnvironment = unit.kind === 'gym-env' || unit.kind === 'llm-env';
  return events.flatMap((event): readonly Finding[] => {
    const { kind, detail, phase, capability } = event;
    if (isNetwork(event)) {
      const rule = isEnvironment ? 'run-env-network' : 'run-network-attempt';
      return [say(rule, hostOf(detail), `It tried to reach ${detail} in phase ${phase}`)];
    }
    if (kind === 'listen' && detail === IPV6_PROBE) return [];
    if (kind === 'listen') return [say('run-listen', detail, `It opened ${detail} in phase ${phase}`)];
    if (kind === 'exec' && detail.startsWith(DOWNLOADED))
      return [
        say('run-downloaded-code', detail, `It ran what it had ${detail.slice(0, 300)}, in phase ${phase}`),
      ];
    if (kind === 'exec')
      return [say('run-process', commandName(detail), `It started \`${detail.slice(0, 200)}\``)];
    if (kind === 'file.write' && capability === 'persist')
      return [say('run-persistence-write', detail, `It wrote ${detail} in phase ${phase}`)];
    if (kind === 'file.write' && capability === 'agent.control')
      return [say('run-agent-control-write', detail, `It wrote ${detail} in phase ${phase}`)];
    return [];
  });
}

function conduct({ guest, run, result }: ObservedRun, say: Say): readonly Finding[] {
  const crash =
    result.signal !== null && result.limitsHit.length === 0
      ? [
          say(
            'run-crashed',
            run.command.join(' '),
            `\`${run.command.join(' ')}\` was ended by ${result.signal}`,
          ),
        ]
      : failures(guest.failures, run.command.join(' '), say);
  return [...conductOf(guest, say), ...crash];
}

/** Failures of one sort as one finding; a missing module is missing evidence, not a finding. */
function failures(all: readonly Failure[], command: string, say: Say): readonly Finding[] {
  const sorts = new Map<string, Failure[]>();
  for (const failure of all) {
    if (failure.module !== null) continue;
    const sort = `${failure.phase}:${failure.type}`;
    sorts.set(sort, [...(sorts.get(sort) ?? []), failure]);
  }
  return [...sorts].map(([sort, [first, ...more]]) => {
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    const { subject, type, phase, message } = first!;
    const text = message.replace(/\s+/g, ' ').slice(0, 200);
    return say('run-crashed', sort, `${subject ?? command}${others}: ${type} in phase ${phase}: ${text}`);
  });
}

/** An attempt to reach somebody; sockets of this machine are no network. */
function isNetwork({ kind, detail }: ObservedEvent): boolean {
  return (kind === 'connect' || kind === 'dns') && !detail.startsWith('unix:');
}

function list(names: readonly string[]): string {
  const unique = [...new Set(names)];
  return unique.length <= 3
    ? unique.join(', ')
    : `${unique.slice(0, 3).join(', ')} and ${unique.length - 3} more`;
}

function finding(ruleId: RuleId, unit: Unit, path: string, subject: string, message: string): Finding {
  const { title, severity, confidence, kind, category, cwe, capability, fix } = SANDBOX_RULES[ruleId];
  const fingerprint = createHash('sha256')
    .update(`${ruleId}\0${unit.path}\0${subject}`)
    .digest('hex')
    .slice(0, 32);
  return {
    ruleId,
    title,
    message,
    severity,
    confidence,
    kind,
    category,
    cwe,
    unit: unit.path,
    stage: 'sandbox',
    location: startOf(path),
    trace: [],
    capability,
    fix,
    fingerprint,
    suppressed: null,
  };
}
