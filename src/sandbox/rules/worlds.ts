import type { RuleSummary } from '../../model/rule-summary.ts';
import { rule } from './rule.ts';

/** What a program does in one world and not in another. */
export const WORLD_RULES = {
  'run-world-trigger': rule({
    id: 'run-world-trigger',
    title:
      'Does something else on another machine, at another date, in CI, after waiting, or without a network',
    severity: 'high',
    confidence: 'high',
    kind: 'behaviour',
    cwe: ['CWE-511'],
    why: 'The same program with the same input reads secrets, starts programs or reaches out in one world and not in another: it looks where it is before it acts.',
    fix: 'Do not run this.',
  }),
  'run-world-difference': rule({
    id: 'run-world-difference',
    title: 'Touches other files, or keeps off the network, in another world',
    severity: 'info',
    confidence: 'medium',
    kind: 'capability',
    why: 'Programs that look at the date, the machine or CI may do so for good reasons; it is worth knowing.',
    fix: 'Nothing to do when the reason is known.',
  }),
} as const satisfies Record<string, RuleSummary>;
