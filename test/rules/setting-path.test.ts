import { describe, expect, it } from 'vitest';
import { matchesSettingPath } from '../../src/rules/match/setting.ts';

describe('matchesSettingPath', () => {
  it.each([
    ['scripts.postinstall', 'scripts.postinstall', true],
    ['scripts.*', 'scripts.test', true],
    ['scripts.*', 'scripts.test.more', false],
    ['mcpServers.*.command', 'mcpServers.db.command', true],
    ['hooks.**.command', 'hooks.PreToolUse.0.hooks.0.command', true],
    ['hooks.**.command', 'hooks.command', true],
    ['**', '', true],
    ['a.**.b.**.c', 'a.x.b.y.z.c', true],
    ['a.**.b.**.c', 'a.x.y.z.c', false],
  ])('%s on %s: %s', (pattern, path, matches) => {
    expect(matchesSettingPath(pattern.split('.'), path === '' ? [] : path.split('.'))).toBe(matches);
  });

  it('is fast on a path made to be slow', () => {
    const pattern = Array.from({ length: 30 }, () => ['**', 'a']).flat();
    const path = [...Array.from({ length: 2_000 }, () => 'a'), 'b'];
    const started = performance.now();
    expect(matchesSettingPath(pattern, path)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
