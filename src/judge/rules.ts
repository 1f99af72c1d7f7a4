import type { RuleSummary } from '../model/rule-summary.ts';

/** The findings that come out of comparing what the stages found. */
export const JUDGE_RULES = {
  'undeclared-capability': {
    id: 'undeclared-capability',
    title: 'Does something its manifest does not declare',
    severity: 'medium',
    confidence: 'high',
    kind: 'contradiction',
    category: 'manifest',
    cwe: ['CWE-912'],
    tags: ['AST04'],
    capability: null,
    languages: [],
    why: 'A manifest that lists capabilities is a promise. What the code can do beyond it was forgotten or is being hidden.',
    fix: 'Declare the capability with the narrowest pattern that covers it, or remove the code that needs it.',
  },
  'denied-capability': {
    id: 'denied-capability',
    title: 'Uses a capability that the policy denies',
    severity: 'high',
    confidence: 'high',
    kind: 'contradiction',
    category: 'manifest',
    cwe: ['CWE-862'],
    tags: ['AST04'],
    capability: null,
    languages: [],
    why: 'The operator decided that nothing they run may do this.',
    fix: 'Remove the code that needs the capability, or have the policy changed by whoever owns it.',
  },
} as const satisfies Record<string, RuleSummary>;
