import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import YAML from 'yaml';
import type { Report } from '../../src/model/report.ts';

const run = promisify(execFile);
const FOLDER = 'fixtures/detonation';
const LIST = join(FOLDER, 'not-caught.yml');

/** A unit whose attack shows only when it runs, and its honest twin. */
export interface DetonationCase {
  readonly name: string;
  readonly about: {
    readonly what: string;
    /** Why reading the code does not tell. */
    readonly hides: string;
    /** What it waits for. */
    readonly trigger: string;
  };
}

/** A case that goes wrong, and why. */
export interface Missed {
  readonly case: string;
  /** The verdicts that are wrong: `attack approve`, `honest review`. */
  readonly said: string;
  readonly why: string;
}

export const TRIGGERS = [
  ...['none', 'step', 'date', 'host', 'ci', 'seed', 'action', 'time', 'exit'],
  ...['argument', 'order', 'download', 'install'],
];

/** Every case by name. */
export function detonationCases(): readonly DetonationCase[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({
      name,
      about: YAML.parse(readFileSync(join(FOLDER, name, 'case.yml'), 'utf8')) as DetonationCase['about'],
    }));
}

/** What `not-caught.yml` lists. */
export function missedCases(): readonly Missed[] {
  return existsSync(LIST) ? ((YAML.parse(readFileSync(LIST, 'utf8')) as Missed[] | null) ?? []) : [];
}

/** The report of the built program on one of the two. */
export async function vetted(
  name: string,
  side: 'attack' | 'honest',
  options: readonly string[],
): Promise<Report> {
  const words = ['bin/sbx.js', 'vet', join(FOLDER, name, side), '--format', 'json', ...options];
  // The exit status says the verdict too.
  const { stdout } = await run(process.execPath, words, { maxBuffer: 1 << 26 }).catch(
    (error: unknown) => error as { stdout: string },
  );
  return JSON.parse(stdout) as Report;
}

/** Whether the run shows what is done: it is not let through, and a finding of the sandbox is among what says so. */
export function isCaught({ verdict, findings }: Report): boolean {
  const telling = new Set(verdict.reasons.flatMap((reason) => reason.findings));
  return (
    ['reject', 'review'].includes(verdict.decision) &&
    findings.some(({ stage, fingerprint }) => stage === 'sandbox' && telling.has(fingerprint))
  );
}
