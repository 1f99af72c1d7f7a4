import type { RuleSummary } from '../model/rule-summary.ts';

/** The findings of the manifest stage. */
export const MANIFEST_RULES = {
  'manifest-invalid': {
    id: 'manifest-invalid',
    title: 'Its manifest is not valid',
    severity: 'low',
    confidence: 'high',
    kind: 'coverage',
    category: 'manifest',
    cwe: ['CWE-1286'],
    tags: ['AST04'],
    capability: null,
    languages: ['yaml', 'json'],
    why: 'What cannot be read cannot be held against what the code does.',
    fix: 'Run `sbx manifest validate` and correct what it lists.',
  },
} as const satisfies Record<string, RuleSummary>;
