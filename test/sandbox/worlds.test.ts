import { describe, expect, it } from 'vitest';
import type { EventKind, ObservedEvent } from '../../src/model/observation.ts';
import { USUAL_WORLD, type World } from '../../src/sandbox/world.ts';
import { deedsOf, missingFrom, namesIn } from '../../src/sandbox/worlds/compare.ts';

function event(kind: EventKind, detail: string, decoy: string | null = null): ObservedEvent {
  return {
    ...{ kind, phase: 'run', detail, capability: null, allowed: true },
    ...{ first: 0, last: 0, count: 1, decoy },
  };
}

const ELSEWHERE: World = {
  ...USUAL_WORLD,
  hostName: 'workstation-7',
  userName: 'alex',
  name: 'on another machine',
};

/** What is in the second list and not in the first, where the first was seen in the usual world. */
function differences(
  usual: readonly ObservedEvent[],
  there: readonly ObservedEvent[],
  world = ELSEWHERE,
): string[] {
  const names = namesIn([USUAL_WORLD, world]);
  return [...missingFrom(deedsOf(there, names), deedsOf(usual, names)).values()].map(({ detail }) => detail);
}

describe('the comparison of two worlds', () => {
  it('takes another name of machine and account for no difference', () => {
    const usual = [event('exec', 'hello sandbox'), event('exec', 'ls /srv/user/notes')];
    const there = [event('exec', 'hello workstation-7'), event('exec', 'ls /srv/alex/notes')];
    expect(differences(usual, there)).toEqual([]);
  });

  it('takes a word for itself that only happens to be such a name', () => {
    const same = [
      event('dns', 'users.example'),
      event('exec', 'cat /srv/user/list'),
      event('dns', 'sandbox.example'),
    ];
    expect(differences(same, same)).toEqual([]);
    // The name that the code waits for may be a single letter.
    expect(differences(same, same, { ...ELSEWHERE, hostName: 'a', userName: 'e' })).toEqual([]);
  });

  it('sees what is done only there', () => {
    const there = [event('connect', 'collector.example:443'), event('exec', 'true')];
    expect(differences([event('exec', 'true')], there)).toEqual(['collector.example:443']);
  });

  it('takes a secret that was cut into other packets for no difference, and one more secret for one', () => {
    const key = '~/.ssh/id_rsa';
    const usual = [
      event('decoy', key, key),
      event('decoy', 'what was sent to collector.example:443 (hex)', key),
    ];
    const there = [event('decoy', key, key), event('decoy', 'traffic to collector.example (in parts)', key)];
    expect(differences(usual, there)).toEqual([]);
    const more = [...there, event('decoy', 'traffic to collector.example (in parts)', 'OPENAI_API_KEY')];
    expect(differences(usual, more)).toEqual(['traffic to collector.example (in parts)']);
  });
});
