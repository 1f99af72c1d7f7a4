import type { Finding } from '../../model/finding.ts';
import type { RuleId } from '../rules/rules.ts';

/** Makes a finding of a rule about a subject; each subject of a rule is told once. */
export type Say = (rule: RuleId, subject: string, message: string) => Finding;
