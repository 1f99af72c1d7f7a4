import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { isIndexUnknown } from './backends.ts';
import { tarballOf } from './tarballs.ts';
import { setUp, vet } from './vetting.ts';
import { wheelOf } from './wheels.ts';

/** What others published, by name, version and digest, with what has to be seen of it. */
interface Published {
  readonly from: 'wheel' | 'tarball';
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** Runs with their exit status, or calls of tools. */
  readonly runs: readonly (readonly [command: string, exit: number])[];
}

const PACKAGES: readonly Published[] = [
  {
    from: 'wheel',
    name: 'cowsay',
    version: '6.1',
    sha256: '274b1e6fc1b966d53976333eb90ac94cb07a450a700b455af9fbdf882244b30a',
    runs: [
      ['import cowsay', 0],
      ['cowsay --help', 0],
      ['cowsay', 2],
    ],
  },
  {
    from: 'wheel',
    name: 'sqlparse',
    version: '0.6.1',
    sha256: '3be5a72d04c873d690d7c6dedd33d6fae2ef82759881ceec02fc2efd0cba564f',
    runs: [
      ['import sqlparse', 0],
      ['sqlformat --help', 0],
      ['sqlformat', 2],
    ],
  },
  {
    from: 'tarball',
    name: 'semver',
    version: '7.8.6',
    sha256: 'c6584c324e8b1e5d0403c6c16ee2b25dd61567c13f0449a58820350c21cd71bf',
    runs: [
      ['node package/bin/semver.js --help', 0],
      ['node package/bin/semver.js', 0],
      ["node -e import('package/index.js')", 0],
    ],
  },
  {
    from: 'tarball',
    name: 'json5',
    version: '2.2.3',
    sha256: '08afb33db600d11fc89b98fac4054f19d5d3e0fe527063116150e1ecc2d2377b',
    runs: [
      ['node package/lib/cli.js --help', 0],
      ["node -e import('package/dist/index.mjs')", 0],
    ],
  },
  {
    from: 'tarball',
    name: 'nanoid',
    version: '5.1.16',
    sha256: 'd3fd9cbdc9e6c8f9617a92e6b06a308c56a62c744f748e393d10203866c1b3f8',
    runs: [
      ['node package/bin/nanoid.js --help', 0],
      ['node package/bin/nanoid.js', 0],
      ["node -e import('package/index.js')", 0],
    ],
  },
  {
    from: 'tarball',
    name: 'marked',
    version: '18.2.1',
    sha256: 'd66c5213fc203466186060105b01f51896764ba64b3797d2620d02e28e34b8ca',
    runs: [
      // As its README shows it.
      ['node package/bin/marked.js -o /home/user/Documents/sample.html', 0],
      ['node package/bin/marked.js --help', 0],
      ["node -e import('package/lib/marked.esm.js')", 0],
    ],
  },
];

const SERVERS: readonly Published[] = [
  {
    from: 'wheel',
    name: 'mcp-server-time',
    version: '2026.10.19',
    sha256: '5c099a001c6ca78260bda419f2e9b2aabee1adc4fe6ca56d8959871ad8da58a1',
    runs: [
      ['get_current_time', 0],
      ['convert_time', 0],
    ],
  },
  {
    from: 'tarball',
    name: '@modelcontextprotocol/server-memory',
    version: '2026.8.31',
    sha256: '53a606a0e2d8622214808c85e9986db08ff343520d95b64d386039d024eb504c',
    runs: [
      ['read_graph', 0],
      ['search_nodes', 0],
      ['open_nodes', 0],
      ['create_entities', 0],
      ['create_relations', 0],
      ['add_observations', 0],
      ['delete_entities', 0],
      ['delete_observations', 0],
      ['delete_relations', 0],
    ],
  },
];

async function fetched({ from, name, version, sha256 }: Published): Promise<string> {
  const path = await (from === 'wheel' ? wheelOf : tarballOf)(name, version);
  expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
  return path;
}

/** Runs of the usual world only; those in further worlds say their name first. */
function usualRuns({ observations }: Report): Report['observations']['runs'] {
  return observations.runs.filter(({ command }) => command[0]?.endsWith(':') !== true);
}

describe.skipIf(isIndexUnknown)('packages of strangers [needs the package index]', () => {
  it.each(PACKAGES)(
    '$name $version is run by its commands and modules, and approved',
    async (published) => {
      const { status, report } = await vet(await fetched(published), '--backend', 'native');
      expect(report.verdict).toEqual({ decision: 'approve', reasons: [] });
      expect(status).toBe(0);
      const runs = usualRuns(report).map(({ command, exit }) => [command.join(' '), exit]);
      expect(runs).toEqual(expect.arrayContaining(published.runs.map((run) => [...run])));
      expect(runs.every(([command]) => !String(command).startsWith('npm run prepare'))).toBe(true);
    },
    300_000,
  );
});

describe.skipIf(isIndexUnknown)('servers of strangers [needs the package index]', () => {
  it.each(SERVERS)(
    '$name $version answers a client after `sbx setup`, every tool of it, and is approved',
    async (published) => {
      const target = await fetched(published);
      await setUp(target);
      const { status, report } = await vet(target, '--backend', 'native');
      expect(report.verdict).toEqual({ decision: 'approve', reasons: [] });
      expect(status).toBe(0);
      const calls = usualRuns(report).filter(({ phase }) => phase.startsWith('tool '));
      expect(calls.map(({ command, exit }) => [command.at(-1), exit])).toEqual(
        published.runs.map((run) => [...run]),
      );
    },
    300_000,
  );
});
