import { describe, expect, it } from 'vitest';
import { runsItsWords } from '../../../src/static/facts/shell/wrappers.ts';

describe('programs that run what they are given', () => {
  it.each([
    'sudo',
    '/usr/bin/env',
    'strace',
    'toybox',
    'script',
    'flock',
    'su',
    'ssh',
    'gawk',
    'wsl.exe',
    'timeout',
  ])('are known: %s', (program) => {
    expect(runsItsWords(program)).toBe(true);
  });

  it.each(['git', '/usr/bin/ffmpeg', 'envoy', 'constructor', 'ssh-keygen'])(
    'are no others: %s',
    (program) => {
      expect(runsItsWords(program)).toBe(false);
    },
  );
});
