import { describe, expect, it } from 'vitest';
import { ClassIndex } from '../../src/rules/classes.ts';
import { loadRules } from '../../src/rules/load.ts';

const classes = new ClassIndex(loadRules('rules', 'built-in').classes);

describe('files that steer an agent', () => {
  it.each([
    '~/.claude/settings.json',
    '.claude/settings.local.json',
    '.claude/rules/always-answer',
    '.claude/agents/reviewer.md',
    '.claude/hooks/check',
    '~/.claude/.claude.json',
    '~/.claude/.config.json',
    '~/.claude/.env',
    '.claude/.*',
    '.claude/.tests-*',
    '.claude/.tests-pending.sh',
    '~/.claude/plugins/cache/notes/hooks/hooks.json',
    '~/.claude/plugins/installed_plugins.json',
    '~/.claude/plugins/data/notes/lib/start.sh',
    '~/.claude/plugins/data/notes/node_modules/.bin/start',
    '~/.claude/plugins/data/notes/../../cache/notes/hooks/check',
    '~/.claude/plugins/data/*',
  ])('are these: %s', (path) => {
    expect(classes.belongs('agent-config-path', path)).toBe(true);
  });

  it.each([
    '.claude/.tests-pending',
    '/work/notes/.claude/.tests_pending',
    '~/.claude/state/turns',
    '~/.claude/plugins/data/notes/turns',
    '~/.claude/plugins/data/notes/turns.taken.*',
    '~/.claude/plugins/data/notes/sessions/3f2a/turns.jsonl',
  ])('are not those that hooks remember things in: %s', (path) => {
    expect(classes.belongs('agent-config-path', path)).toBe(false);
  });
});
