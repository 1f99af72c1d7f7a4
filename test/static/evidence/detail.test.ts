import { describe, expect, it } from 'vitest';
import { commandOf, hostOf, normalPath } from '../../../src/static/evidence/detail.ts';

describe('normalPath', () => {
  it.each([
    ['$HOME/.ssh/id_rsa', '~/.ssh/id_rsa'],
    ['/home/someone/.ssh/id_rsa', '~/.ssh/id_rsa'],
    ['/root/.aws//credentials', '~/.aws/credentials'],
    ['C:\\Users\\someone\\.ssh\\id_rsa', '~/.ssh/id_rsa'],
    ['/etc/./passwd', '/etc/passwd'],
    ['/', '/'],
    ['*/.ssh/', '*/.ssh'],
  ])('%s is %s', (path, normal) => {
    expect(normalPath(path)).toBe(normal);
  });
});

describe('hostOf', () => {
  it.each([
    ['https://User:pw@Evil.Example:8443/x?y', 'evil.example'],
    ['drop.example:443', 'drop.example'],
    ['https://*/x', '*'],
    ['http://[::1]:80/', '[::1]'],
    ['https://evil.example/?d=*', 'evil.example'],
    ['not a host', '*'],
  ])('%s is %s', (text, host) => {
    expect(hostOf(text)).toBe(host);
  });
});

describe('commandOf', () => {
  it.each([
    ['/usr/bin/curl -s x', 'curl'],
    ['A=1 git push', 'git'],
    ['', '*'],
  ])('%s is %s', (text, command) => {
    expect(commandOf(text)).toBe(command);
  });
});
