import type { ErrorKind } from './errors.ts';
import type { Decision } from './model/verdict.ts';

/** The contract's exit statuses; the only place that knows the numbers. */
export const EXIT = {
  ok: 0,
  reject: 1,
  usage: 2,
  review: 3,
  incomplete: 4,
  internal: 70,
  sandbox: 125,
  interrupted: 130,
} as const;

/**
 * The exit status of a judgement.
 * @param failOn the lowest decision that makes it non-zero; `incomplete` is never softened
 */
export function exitStatusOf(decision: Decision, failOn: 'reject' | 'review'): number {
  switch (decision) {
    case 'approve':
      return EXIT.ok;
    case 'review':
      return failOn === 'review' ? EXIT.review : EXIT.ok;
    case 'reject':
      return EXIT.reject;
    case 'incomplete':
      return EXIT.incomplete;
  }
}

const STATUS_OF_ERROR: Readonly<Record<ErrorKind, number>> = {
  usage: EXIT.usage,
  config: EXIT.usage,
  target: EXIT.usage,
  network: EXIT.incomplete,
  sandbox: EXIT.sandbox,
  interrupted: EXIT.interrupted,
  internal: EXIT.internal,
};

/** The exit status when nothing was judged. */
export function exitStatusOfError(kind: ErrorKind): number {
  return STATUS_OF_ERROR[kind];
}
