import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { areToldApart, halves, layTwin, missedList, saidOf, twinPairs } from '../../bench/twin-pairs.mjs';
import { openTarget } from '../../src/target/open.ts';
import { judged } from '../fuzz/judged.ts';
import { changedRegion, textsBelow } from './regions.ts';

const FORMS = ['skill', 'server', 'environment', 'plugin'];
const KINDS = [
  ...[
    'anti-analysis',
    'data-poisoning',
    'declared-against-done',
    'destruction',
    'dns-channel',
    'download-run',
  ],
  ...[
    'exfiltration',
    'install-hook',
    'llm-key-abuse',
    'observation-injection',
    'persistence',
    'reverse-shell',
  ],
  ...[
    'reward-tampering',
    'rug-pull',
    'spread',
    'tool-poisoning',
    'tool-shadowing',
    'trigger',
    'unsafe-handler',
  ],
  ...['wallet-clipboard', 'prose-conditional', 'prose-exfiltration', 'prose-hidden', 'prose-hiding'],
  ...['prose-memory', 'prose-other-language', 'prose-override', 'prose-permissions', 'prose-social'],
];
/** Words by which a passage would give itself away. */
const GIVEAWAY =
  /\b(?:evil|attack|steal|stole|malicious|malware|hack|payload|exfil|victim|backdoor|trojan|pwn|inject|poison(?:ed|ing))\w*/gi;
/** Hosts that nobody can own, loopback, and the names of XML's namespaces. */
const RESERVED =
  /(?:^|\.)(?:example|invalid|test|localhost|example\.(?:com|net|org))(?::\d+)?$|^127\.|^www\.w3\.org$/;
/** Beginnings of tokens that a scanner of secrets would look up. */
const TOKEN = /\b(?:AKIA|ASIA|ghp_|gho_|github_pat_|sk-|xox[abp]-|AIza|npm_|pypi-|glpat-)[A-Za-z0-9]/;
/** One line or one passage, not a rewriting. */
const MOST_LINES = 6;

const pairs = halves().flatMap(twinPairs);

/** The verdict on one of the two, laid into a folder of the unit's name. */
async function verdictOn(pair: (typeof pairs)[number], side: 'honest' | 'hostile'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-test-'));
  try {
    layTwin(pair, side, join(folder, pair.name));
    const target = await openTarget(join(folder, pair.name), new AbortController().signal);
    return (await judged(target)).verdict.decision;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('twins', () => {
  it('are at least thirty in each half, each name once', () => {
    for (const half of halves()) expect(twinPairs(half).length).toBeGreaterThanOrEqual(30);
    expect(new Set(pairs.map(({ name }) => name)).size).toBe(pairs.length);
  });

  it.each(pairs)('$name says what it is', ({ about }) => {
    expect(Object.keys(about).sort()).toEqual(['at', 'form', 'kind', 'what']);
    expect(KINDS).toContain(about.kind);
    expect(FORMS).toContain(about.form);
    expect(about.what).toMatch(/^[A-Z].*\.$/);
    expect(about.at.length).toBeGreaterThan(0);
  });

  it.each(pairs)('$name differs in the place that it names, and there alone', ({ folder, about }) => {
    const honest = textsBelow(join(folder, 'honest'));
    const hostile = textsBelow(join(folder, 'hostile'));
    const places = (about.at as string[]).map((place) => {
      const [, path = '', line = ''] = /^(.+):(\d+)$/.exec(place) ?? [];
      return { path, line: Number(line) };
    });
    expect(new Set(places.map(({ path }) => path))).toEqual(new Set(hostile.keys()));
    let added = 0;
    for (const [path, text] of hostile) {
      const region = changedRegion(honest.get(path) ?? '', text);
      const own = places.filter((place) => place.path === path).map(({ line }) => line);
      expect(text).not.toBe(honest.get(path));
      expect(own[0]).toBe(region.first);
      expect(Math.max(...own)).toBeLessThanOrEqual(region.last);
      added += region.added;
    }
    expect(added).toBeLessThanOrEqual(MOST_LINES);
  });

  it.each(pairs)('$name has no word, host or token that gives it away', ({ folder }) => {
    for (const side of ['honest', 'hostile']) {
      for (const [path, text] of textsBelow(join(folder, side))) {
        expect(text.match(GIVEAWAY), path).toBeNull();
        expect(text.match(TOKEN), path).toBeNull();
        const hosts = [
          ...text.matchAll(/\w:\/\/(?:[^\s/@]*@)?([a-z0-9.-]+\.[a-z0-9.-]*[a-z0-9](?::\d+)?)/gi),
        ];
        expect(
          hosts.map(([, host]) => host).filter((host) => !RESERVED.test(host ?? '')),
          path,
        ).toEqual([]);
      }
    }
  });
});

describe.each(halves())('sbx and the twins of the %s half', (half) => {
  it('tells apart all but those that are listed', { timeout: 600_000 }, async () => {
    const missed: { twin: string; said: string }[] = [];
    for (const pair of twinPairs(half)) {
      const verdicts = {
        honest: await verdictOn(pair, 'honest'),
        hostile: await verdictOn(pair, 'hostile'),
      };
      if (!areToldApart(verdicts)) missed.push({ twin: pair.name, said: saidOf(verdicts) });
    }
    expect(missed).toEqual(missedList(half).map(({ twin, said }) => ({ twin, said })));
  });

  it('has a reason for each that is listed', () => {
    for (const { twin, why } of missedList(half)) expect(why, twin).toMatch(/^[A-Z].{20,}\.$/s);
  });
});
