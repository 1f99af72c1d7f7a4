import type { ObservedEvent } from '../../model/observation.ts';
import type { Decoy } from '../decoys/decoys.ts';
import { findMarkers } from '../decoys/markers.ts';
import type { At } from '../decoys/turned-up.ts';
import { turnedUp } from '../decoys/turned-up.ts';
import type { GuestReport, Problem } from '../recorder/records.ts';

const LONGEST_EXCERPT = 80;

/** Planted secrets in what an environment handed to whoever drives it, as events at the end of the run. */
export function handedOut(
  { samples }: GuestReport,
  decoys: readonly Decoy[],
  at: At,
): readonly ObservedEvent[] {
  return samples.flatMap(({ where, text }) => turnedUp(text, decoys, where, at));
}

/** Shows the beginning of the text that a problem is about, unless a planted secret is in it. */
export function withExcerpts(guest: GuestReport, decoys: readonly Decoy[]): GuestReport {
  const problems = guest.problems.map((problem): Problem => {
    const { message, sample } = problem;
    if (sample === null || findMarkers(sample, decoys).length > 0) return { ...problem, sample: null };
    const text = sample.replace(/\s+/g, ' ').slice(0, LONGEST_EXCERPT);
    return { ...problem, message: `${message}: \`${text}\``, sample: null };
  });
  return { ...guest, problems };
}
