import type { Evidence } from '../model/evidence.ts';
import type { Language } from '../model/program.ts';
import type { Shortfall } from './facts/shortfall.ts';
import type { FileTask, TextOnly } from './file-task.ts';
import type { Hit } from './finding.ts';
import { type FileLinks, NO_LINKS } from './links.ts';

/** What a file gives for rules that hold within a unit: hits by rule and member. */
export interface UnitHit {
  readonly rule: number;
  readonly member: number;
  readonly hit: Hit;
}

/** All that comes out of one file; can leave a worker. */
export interface FileResult {
  readonly path: string;
  readonly unit: string;
  readonly language: Language | null;
  readonly hits: readonly Hit[];
  readonly unitHits: readonly UnitHit[];
  readonly evidence: readonly Evidence[];
  /** Why it, or part of it, was not understood; null when all of it was. */
  readonly opaque: { readonly reason: string; readonly blocking: boolean } | null;
  readonly isAnalysed: boolean;
  /** Its analysis was ended, or failed: another time more may come out. */
  readonly isCutShort?: true;
  readonly links: FileLinks;
  /** Absent: not known. */
  readonly text?: TextOnly;
}

/** So many reasons are given why a file was not understood. */
const MAX_REASONS = 5;
/** The result of a file in which there is nothing to find. @param opaque why, when it was not understood */
export function nothingOf(
  task: FileTask,
  language: Language | null,
  opaque: FileResult['opaque'],
): FileResult {
  return {
    path: task.path,
    unit: task.unit,
    language,
    hits: [],
    unitHits: [],
    evidence: [],
    opaque,
    isAnalysed: opaque === null,
    links: NO_LINKS,
  };
}

/** The result of a file that could not be analysed, for the reason given. */
export function notAnalysed(task: FileTask, reason: string): FileResult {
  return { ...nothingOf(task, null, { reason, blocking: true }), isCutShort: true };
}

/** The result of the first of some files that could not be analysed together, only each alone: it says what that left out. */
export function analysedApart(result: FileResult, others: number): FileResult {
  const lost = `what flows between it and ${others} more ${others === 1 ? 'file' : 'files'} was not followed: together they could not be analysed`;
  const reason = result.opaque === null ? lost : `${result.opaque.reason}; ${lost}`;
  return { ...result, opaque: { reason, blocking: true }, isAnalysed: false, isCutShort: true };
}

/** Several shortfalls as one entry, those that matter first. */
export function opaqueOf(shortfalls: readonly Shortfall[]): FileResult['opaque'] {
  if (shortfalls.length === 0) return null;
  const ordered = [...shortfalls].sort((a, b) => Number(b.blocking) - Number(a.blocking));
  const named = ordered.slice(0, MAX_REASONS).map(({ reason }) => reason);
  if (ordered.length > MAX_REASONS) named.push(`and ${ordered.length - MAX_REASONS} more`);
  return { reason: named.join('; '), blocking: ordered[0]?.blocking === true };
}
