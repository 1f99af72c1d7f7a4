import { describe, expect, it } from 'vitest';
import { isInOwnNetwork, isOwnMachine } from '../src/own-network.ts';

describe('the own network', () => {
  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.1', '0.0.0.0', '::1', '[::1]'])(
    'has this machine: %s',
    (host) => {
      expect(isOwnMachine(host)).toBe(true);
      expect(isInOwnNetwork(host)).toBe(true);
    },
  );

  it.each([
    '10.1.2.3',
    '192.168.0.1',
    '172.16.0.1',
    '172.31.255.1',
    'printer.local',
    'db.internal',
    'a.test',
    'redis',
  ])('has its neighbours: %s', (host) => {
    expect(isOwnMachine(host)).toBe(false);
    expect(isInOwnNetwork(host)).toBe(true);
  });

  it.each([
    ...['10.evil.example', '127.0.0.1.evil.example', '192.168.evil.example', '172.16.0.1.evil.example'],
    ...['172.32.0.1', '11.0.0.1', 'localhost.evil.example', '*', '*.example', 'api.example.com'],
  ])('has not what only looks like it: %s', (host) => {
    expect(isInOwnNetwork(host)).toBe(false);
  });
});
