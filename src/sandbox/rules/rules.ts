import { ACT_RULES } from './acts.ts';
import { ENVIRONMENT_RULES } from './environments.ts';
import { SECRET_RULES } from './secrets.ts';
import { SERVER_RULES } from './servers.ts';
import { WORLD_RULES } from './worlds.ts';

/** What the sandbox stage can find, by id; listed by `sbx rules list`. */
export const SANDBOX_RULES = {
  ...SECRET_RULES,
  ...ACT_RULES,
  ...ENVIRONMENT_RULES,
  ...WORLD_RULES,
  ...SERVER_RULES,
} as const;

export type RuleId = keyof typeof SANDBOX_RULES;
