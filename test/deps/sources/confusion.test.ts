import { describe, expect, it } from 'vitest';
import { findingsOf, withoutTools } from './audit.ts';

withoutTools();

describe('dependency-confusion', () => {
  it.each([
    ['a line', { 'requirements.txt': 'acme-internal-utils==1.0\n' }, 'low'],
    [
      'a line below a second index',
      { 'requirements.txt': '--extra-index-url https://pypi.acme.example/simple\nacme-internal-utils\n' },
      'medium',
    ],
    ['a package of npm', { 'package.json': '{"dependencies": {"acme-tools-private": "^1.0.0"}}' }, 'low'],
    [
      'a package of npm beside a registry',
      {
        'package.json': '{"dependencies": {"acme-tools-private": "^1.0.0"}}',
        '.npmrc': 'registry=https://npm.acme.example\n',
      },
      'medium',
    ],
    ['an install command', { 'SKILL.md': 'Run `pip install acme-internal-client`.\n' }, 'low'],
  ])('is asked about for %s', async (_what, files, severity) => {
    expect(await findingsOf('dependency-confusion', files as Record<string, string>)).toMatchObject([
      { severity },
    ]);
  });

  it.each([
    [
      'a word that says what it is about',
      {
        'package.json': '{"dependencies": {"internal-slot": "^1", "private-ip": "^3", "internal-ip": "^8"}}',
      },
    ],
    [
      'a name inside a scope',
      {
        'package.json': '{"dependencies": {"@acme/internal-utils": "^1"}}',
        '.npmrc': '@acme:registry=https://npm.acme.example\n',
      },
    ],
    ['a longer word', { 'requirements.txt': 'azure-mgmt-privatedns\nacme-privately-held\n' }],
    ['a path', { 'requirements.txt': 'acme-internal-utils @ file:./libs/utils\n' }],
    ['an address', { 'requirements.txt': 'acme-internal-utils @ https://files.acme.example/u.whl\n' }],
    [
      'a line held to a digest',
      { 'requirements.txt': `acme-internal-utils==1.0 --hash=sha256:${'a'.repeat(64)}\n` },
    ],
  ])('is no question for %s', async (_what, files) => {
    expect(await findingsOf('dependency-confusion', files as Record<string, string>)).toEqual([]);
  });
});

describe('dependency-index', () => {
  it('tells of registries in the configuration that installers obey', async () => {
    const found = await findingsOf('dependency-index', {
      '.npmrc':
        '; mirror\nregistry = "http://npm.example/"\n@acme:registry=https://npm.acme.example\n//npm.example/:_authToken=${TOKEN}\n',
      'app/uv.toml': '[[index]]\nurl = "https://pypi.example/simple"\n',
      'requirements.txt': '--extra-index-url https://pypi.example/simple\nrequests==2.31.0\n',
    });
    expect(
      found.map(({ severity, location: { path, startLine } }) => `${path}:${String(startLine)} ${severity}`),
    ).toEqual(['requirements.txt:1 medium', '.npmrc:2 medium', '.npmrc:3 low', 'app/uv.toml:2 medium']);
  });

  it('is quiet about the public ones', async () => {
    const files = {
      '.npmrc': 'registry=https://registry.npmjs.org/\nfund=false\n',
      'uv.toml': 'index-url = "https://pypi.org/simple"\n',
      'requirements.txt': 'requests==2.31.0\n',
    };
    expect(await findingsOf('dependency-index', files)).toEqual([]);
  });
});
