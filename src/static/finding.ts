import type { Confidence, Guard } from '../model/evidence.ts';
import type { Finding, TraceStep } from '../model/finding.ts';
import type { Location } from '../model/location.ts';
import type { UnitKind } from '../model/target.ts';
import type { CompiledRule } from '../rules/knowledge.ts';
import type { Match } from '../rules/match/match.ts';
import { sha256 } from '../sha256.ts';
import { comparePaths } from '../target/collector.ts';
import { ruleLanguagesOf } from './rule-languages.ts';
import { isReadmeExample, type Showing, type ShowingOf } from './shown-code.ts';
import { mainScope } from './facts/scopes/spread-scopes.ts';
import type { TestsInUse } from './tests-in-use.ts';

/** A place where a rule holds, in a form that can leave a worker. */
export interface Hit {
  /** {@link ReadyRule.index}. */
  readonly rule: number;
  /** {@link FileTask.path} of the file it is in. */
  readonly file: string;
  readonly location: Location;
  readonly fields: Readonly<
    Record<'detail' | 'name' | 'source' | 'sink' | 'scope' | 'guard' | 'text', string>
  >;
  /** It stands under a condition that smells of a trigger. */
  readonly isTriggered: boolean;
  readonly trace: readonly TraceStep[];
  /** It rests on a way of values that may be an accident of the graph. */
  readonly isFar: boolean;
  /** {@link Match.isText}. */
  readonly isText: boolean;
  /** The code of it that is called runs in tests only. */
  readonly isInTests: boolean;
  /** It is an example in a README, which counts as shown where the unit is a package. */
  readonly isReadmeExample: boolean;
  /** How the document that it stands in means it. */
  readonly showing: Showing;
  /** The lines it points at, without differences in white space. */
  readonly normalText: string;
}

/** Conditions that a short trial does not meet, or that are met on one machine only. */
const TRIGGERS: ReadonlySet<Guard['kind']> = new Set([
  'date',
  'host',
  'user',
  'environment',
  'counter',
  'ci',
  'debugger',
]);

/** True when a match fits what a rule says of languages, scopes and guards. */
export function fitsRule(rule: CompiledRule, match: Match): boolean {
  const isOfLanguage =
    rule.languages.length === 0 ||
    ruleLanguagesOf(match.layer.language).some((language) => rule.languages.includes(language));
  if (!isOfLanguage) return false;
  if (rule.scopes.length > 0 && !match.scopes.some((scope) => rule.scopes.includes(scope))) return false;
  return rule.guards.length === 0 || (match.guard !== null && rule.guards.includes(match.guard.kind));
}

/** Hides what looks like a key in a text: long runs of letters and digits keep their first four characters. */
function redacted(text: string): string {
  return text.replace(/[A-Za-z0-9_+/=-]{20,}/g, (run) =>
    /\d/.test(run) && /[A-Za-z]/.test(run) && !run.includes('/') ? `${run.slice(0, 4)}…` : run,
  );
}

function oneLine(text: string, length: number): string {
  const line = redacted(text.slice(0, 2_000)).replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/**
 * A match of a rule as a hit.
 * @param hide takes known secrets out of a text
 * @param showingOf how the document around a match means it
 */
export function hitOf(
  ruleIndex: number,
  match: Match,
  hide: (text: string) => string,
  showingOf: ShowingOf,
): Hit {
  const location = match.layer.source.locate(match.span);
  const shown = (text: string, length: number): string => oneLine(hide(text), length);
  return {
    rule: ruleIndex,
    file: match.layer.source.path,
    location,
    fields: {
      detail: shown(match.detail === '*' ? 'something not known beforehand' : match.detail, 120),
      name: shown(match.name, 80),
      source: shown(match.source, 120),
      sink: shown(match.sink, 120),
      scope: mainScope(match.scopes),
      guard: shown(match.guard?.text ?? '', 100),
      text: shown(match.text, 80),
    },
    isTriggered: match.guard !== null && TRIGGERS.has(match.guard.kind),
    trace: match.trace.map((step) => ({ ...step, message: hide(step.message) })),
    isFar: match.isFar === true,
    isText: match.isText === true,
    isInTests: match.scopes.length > 0 && match.scopes.every((scope) => scope === 'test'),
    isReadmeExample: isReadmeExample(match),
    showing: showingOf(match, location.startLine),
    normalText: match.layer.source.text
      .slice(match.span.start, Math.min(match.span.end, match.span.start + 500))
      .replace(/\s+/g, ' ')
      .trim(),
  };
}

/** The message of a rule about a hit. A condition that smells of a trigger is named, whether the rule asks for it or not. */
function filled(message: string, { fields, isTriggered }: Hit): string {
  const said = message.replace(
    /\{(detail|name|source|sink|scope|guard|text)\}/g,
    (_place, key: keyof Hit['fields']) => fields[key],
  );
  return isTriggered && !message.includes('{guard}')
    ? `${said} Whether it runs depends on "${fields.guard}".`
    : said;
}

/** Units whose README is for people who write programs. */
const PACKAGES: ReadonlySet<UnitKind> = new Set(['python-package', 'node-package']);

const LOWER: Readonly<Record<Confidence, Confidence>> = { high: 'medium', medium: 'low', low: 'low' };

/** It runs in tests only, or rests on what they hand over. */
function isOfTests({ isInTests, location, trace }: Hit, tests: TestsInUse): boolean {
  return (isInTests && !tests.isInUse(location.path)) || trace.some(({ path }) => tests.isMereTest(path));
}

/** How sure a finding is. What tests hold that would give an attack away is a specimen more often than not; a chain is less likely one. */
function confidenceOf(rule: CompiledRule, hit: Hit, showing: Showing, tests: TestsInUse): Confidence {
  if (showing !== 'said' || hit.isFar) return 'low';
  if (!isOfTests(hit, tests)) return rule.confidence;
  return rule.kind === 'indicator' ? 'low' : LOWER[rule.confidence];
}

/** How bad it is. A text that a test holds, and that no program there is known to run, is a specimen: it is noted. */
function severityOf(rule: CompiledRule, hit: Hit, showing: Showing, tests: TestsInUse): Finding['severity'] {
  if (showing === 'warned-of') return 'info';
  const isSpecimen = hit.isText && rule.kind === 'indicator' && isOfTests(hit, tests);
  return isSpecimen && (rule.severity === 'high' || rule.severity === 'critical') ? 'medium' : rule.severity;
}

/** A finding without its fingerprint, which depends on its like in the same file. */
function findingOf(
  rule: CompiledRule,
  hit: Hit,
  unit: string,
  kind: UnitKind | undefined,
  tests: TestsInUse,
): Omit<Finding, 'fingerprint'> {
  const isExample = hit.isReadmeExample && kind !== undefined && PACKAGES.has(kind) && hit.showing === 'said';
  // A key that is shown is given away all the same.
  const showing = rule.category === 'hard-coded-secrets' ? 'said' : isExample ? 'shown' : hit.showing;
  return {
    ruleId: rule.id,
    title: rule.title,
    message: filled(rule.message, hit),
    severity: severityOf(rule, hit, showing, tests),
    confidence: confidenceOf(rule, hit, showing, tests),
    kind: rule.kind,
    category: rule.category,
    cwe: [...rule.cwe].sort(),
    unit,
    stage: 'static',
    location: hit.location,
    trace: hit.trace,
    capability: rule.capability,
    fix: rule.fix.trim(),
    suppressed: null,
  };
}

function order(a: Hit, b: Hit): number {
  const x = a.location;
  const y = b.location;
  if (x.path !== y.path) return x.path < y.path ? -1 : 1;
  return (
    x.startLine - y.startLine ||
    x.startColumn - y.startColumn ||
    a.rule - b.rule ||
    // Not by locale: loading its tables takes as long as the analysis of a small file.
    comparePaths(x.layer ?? '', y.layer ?? '')
  );
}

/**
 * Findings from hits: one a rule and place, sorted by place. A fingerprint covers rule, path, layer and text, and the number of the
 * same text in the same file, so that it stays when lines move.
 * @param unitOf the unit that a file ({@link Hit.file}) belongs to
 * @param kinds what each unit is; a unit that is not in it may be of any kind
 * @param tests which files are no tests, whatever they look like
 */
export function findingsOf(
  rules: readonly CompiledRule[],
  hits: readonly Hit[],
  unitOf: (file: string) => string,
  kinds: ReadonlyMap<string, UnitKind>,
  tests: TestsInUse,
): readonly Finding[] {
  const places = new Set<string>();
  const counts = new Map<string, number>();
  const findings: Finding[] = [];
  for (const hit of [...hits].sort(order)) {
    const rule = rules[hit.rule];
    if (rule === undefined) continue;
    const kind = kinds.get(unitOf(hit.file));
    if (kind !== undefined && rule.units?.includes(kind) === false) continue;
    const { path, layer, startLine } = hit.location;
    const place = `${rule.id} ${path} ${layer ?? ''} ${startLine}`;
    if (places.has(place)) continue;
    places.add(place);
    const identity = JSON.stringify([rule.id, path, layer, hit.normalText]);
    const count = counts.get(identity) ?? 0;
    counts.set(identity, count + 1);
    const fingerprint = sha256(`${identity}${count}`).slice(0, 32);
    findings.push({ ...findingOf(rule, hit, unitOf(hit.file), kind, tests), fingerprint });
  }
  return findings;
}
