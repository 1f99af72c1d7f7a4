import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OperatorIgnores } from '../../../src/deps/ignores/operator-ignores.ts';
import { readPackageUrl } from '../../../src/deps/ignores/package-url.ts';
import { writeTree } from '../../support/temporary.ts';

const ABOUT = {
  id: 'CVE-2024-1',
  aliases: ['GHSA-aaaa'],
  ecosystem: 'PyPI' as const,
  package: 'my-lib',
  version: '2.2',
  malicious: false,
};

const STATEMENT = {
  vulnerability: { name: 'CVE-2024-1' },
  products: [{ '@id': 'pkg:pypi/my_lib@2.2.0' }],
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
};

function documentOf(...statements: object[]): string {
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.invalid/vex/1',
    author: 'somebody',
    timestamp: '2026-01-01T00:00:00Z',
    version: 1,
    statements,
  });
}

function reading(...documents: string[]): OperatorIgnores {
  const files = Object.fromEntries(documents.map((text, at) => [`${String(at)}.json`, text]));
  const folder = writeTree(files);
  return new OperatorIgnores({
    configFile: null,
    vexFiles: Object.keys(files).map((name) => join(folder, name)),
  });
}

describe('a statement', () => {
  it.each([
    ['of the same version, spelled differently', STATEMENT],
    ['of every version', { ...STATEMENT, products: [{ '@id': 'pkg:pypi/my-lib' }] }],
    ['by an alias', { ...STATEMENT, vulnerability: { name: 'VULN-1', aliases: ['GHSA-aaaa'] } }],
    [
      'by the identifier of a product',
      {
        ...STATEMENT,
        products: [{ '@id': 'https://a.example', identifiers: { purl: 'pkg:pypi/my.lib@2.2' } }],
      },
    ],
    [
      'of a part of a product',
      {
        ...STATEMENT,
        products: [{ '@id': 'pkg:oci/app', subcomponents: [{ '@id': 'pkg:pypi/my-lib@2.2' }] }],
      },
    ],
    [
      'with an impact in words',
      { ...STATEMENT, justification: undefined, impact_statement: 'We never parse XML.' },
    ],
    ['that it is fixed', { ...STATEMENT, status: 'fixed', justification: undefined }],
  ])('%s settles the advisory', (_what, statement) => {
    expect(reading(documentOf(statement)).decisionOn(ABOUT)).toMatchObject({ by: 'vex', expires: null });
  });

  it('gives its status and justification as the reason', () => {
    expect(reading(documentOf(STATEMENT)).decisionOn(ABOUT)?.reason).toBe(
      'not_affected: vulnerable_code_not_in_execute_path',
    );
  });

  it.each([
    ['of another version', { ...STATEMENT, products: [{ '@id': 'pkg:pypi/my-lib@2.3' }] }],
    ['of another ecosystem', { ...STATEMENT, products: [{ '@id': 'pkg:npm/my-lib@2.2' }] }],
    [
      'of a product whose parts are others',
      {
        ...STATEMENT,
        products: [{ '@id': 'pkg:pypi/my-lib@2.2', subcomponents: [{ '@id': 'pkg:pypi/other' }] }],
      },
    ],
    ['of another vulnerability', { ...STATEMENT, vulnerability: { name: 'CVE-2024-2' } }],
    ['that it is looked into', { ...STATEMENT, status: 'under_investigation' }],
    ['that it is affected', { ...STATEMENT, status: 'affected' }],
  ])('%s leaves it open', (_what, statement) => {
    expect(reading(documentOf(statement)).decisionOn(ABOUT)).toBeNull();
  });

  it('that came later counts, wherever it stands', () => {
    const later = { ...STATEMENT, status: 'affected', timestamp: '2026-02-01T00:00:00Z' };
    expect(reading(documentOf(later), documentOf(STATEMENT)).decisionOn(ABOUT)).toBeNull();
    expect(
      reading(documentOf(STATEMENT, { ...later, timestamp: '2025-01-01T00:00:00Z' })).decisionOn(ABOUT),
    ).not.toBeNull();
  });

  it('about a vulnerability does not settle a malicious package', () => {
    const evil = { ...ABOUT, id: 'MAL-1', aliases: ['CVE-2024-1'], malicious: true };
    expect(reading(documentOf(STATEMENT)).decisionOn(evil)).toBeNull();
    const named = { ...STATEMENT, vulnerability: { name: 'MAL-1' } };
    expect(reading(documentOf(named)).decisionOn(evil)).not.toBeNull();
  });
});

describe('a document', () => {
  it.each([
    ['no JSON', '{"@context": ', /0\.json:1:\d+: /],
    ['another format', '{"bomFormat": "CycloneDX"}', /"@context" is missing/],
    [
      'a status that does not exist',
      documentOf({ ...STATEMENT, status: 'fine' }),
      /statements\.0\.status must be one of not_affected/,
    ],
    [
      'no product',
      documentOf({ ...STATEMENT, products: [] }),
      /statements\.0\.products must NOT have fewer than 1/,
    ],
    [
      'not_affected without why',
      documentOf({ ...STATEMENT, justification: undefined }),
      /statements\.0 says not_affected and not why/,
    ],
    [
      'a justification that does not exist',
      documentOf({ ...STATEMENT, justification: 'trust_me' }),
      /justification must be one of/,
    ],
    [
      'a number for a vulnerability',
      documentOf({ ...STATEMENT, vulnerability: 1 }),
      /vulnerability must be of type object/,
    ],
    [
      'more than a document may hold',
      documentOf({ ...STATEMENT, impact_statement: 'x'.repeat(2 ** 20) }),
      /it is larger than 1024 KiB/,
    ],
    [
      'a depth of a hundred thousand',
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
      /nested too deeply/,
    ],
  ])('with %s is refused', (_what, text, message) => {
    expect(() => reading(text)).toThrow(message);
  });

  it('that is not there is an error of usage', () => {
    expect(() => new OperatorIgnores({ configFile: null, vexFiles: ['/nonexistent/vex.json'] })).toThrow(
      /the openvex cannot be read/,
    );
  });
});

describe('readPackageUrl', () => {
  it.each([
    ['pkg:npm/%40scope/name@1.0.0?arch=x#sub', { ecosystem: 'npm', name: '@scope/name', version: '1.0.0' }],
    ['pkg:npm/@scope/name', { ecosystem: 'npm', name: '@scope/name', version: null }],
    ['pkg:PyPI/My_Lib@1.0%2Blocal', { ecosystem: 'PyPI', name: 'my-lib', version: '1.0+local' }],
    ['pkg:oci/image@sha256:abc', null],
    ['pkg:pypi/%zz', null],
    ['https://pypi.example/a', null],
    [`pkg:pypi/${'a'.repeat(5_000)}`, null],
  ])('reads %s', (text, expected) => {
    expect(readPackageUrl(text)).toEqual(expected);
  });
});
