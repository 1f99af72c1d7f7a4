import type { Severity } from '../model/finding.ts';

/** What a severity looks like at a terminal. */
export const SEVERITY_COLOR: Readonly<Record<Severity, 'red' | 'yellow' | 'cyan' | 'gray'>> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'gray',
};
