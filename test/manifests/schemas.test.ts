import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { MODELLED_SINKS, SOURCE_LABELS } from '../../src/model/api-model.ts';
import { CAPABILITIES } from '../../src/model/capability.ts';
import { CATEGORIES, FINDING_KINDS, SEVERITIES } from '../../src/model/finding.ts';
import { BACKEND_IDS, EVENT_KINDS, GUARANTEES } from '../../src/model/observation.ts';
import { STAGE_IDS } from '../../src/model/outcome.ts';
import { UNIT_KINDS } from '../../src/model/target.ts';

const FOLDER = new URL('../../manifests/', import.meta.url);
const SCHEMAS = readdirSync(FOLDER).filter((name) => name.endsWith('.schema.json'));

/** Every list of allowed texts in a schema, in order. */
function enumerations(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.entries(value).flatMap(([key, inner]) =>
    key === 'enum' && Array.isArray(inner)
      ? [inner.filter((item): item is string => typeof item === 'string')]
      : [],
  );
  return [...own, ...Object.values(value).flatMap(enumerations)];
}

function read(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Record<string, unknown>;
}

describe.each(SCHEMAS)('%s', (name) => {
  it('is a JSON Schema 2020-12 that says what it is for', () => {
    const schema = read(name);
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    for (const key of ['title', 'description'] as const)
      expect(String(schema[key]).length).toBeGreaterThan(5);
    expect(() =>
      new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(schema),
    ).not.toThrow();
  });
});

describe('the lists in the schemas are those in the code', () => {
  it.each([
    ['report.schema.json', 'capabilities', CAPABILITIES],
    ['report.schema.json', 'severities', SEVERITIES],
    ['report.schema.json', 'kinds of findings', FINDING_KINDS],
    ['report.schema.json', 'categories', CATEGORIES],
    ['report.schema.json', 'kinds of units', UNIT_KINDS],
    ['report.schema.json', 'stages', STAGE_IDS],
    ['report.schema.json', 'kinds of events', EVENT_KINDS],
    ['report.schema.json', 'backends', [...BACKEND_IDS, 'none']],
    ['policy.schema.json', 'guarantees', GUARANTEES],
    ['policy.schema.json', 'stages', STAGE_IDS],
    ['policy.schema.json', 'kinds of findings', FINDING_KINDS],
    ['manifest.schema.json', 'kinds of units', UNIT_KINDS],
    ['model.schema.json', 'sources', SOURCE_LABELS],
    ['model.schema.json', 'sinks', MODELLED_SINKS],
    ['model.schema.json', 'capabilities', CAPABILITIES],
    ['rule.schema.json', 'capabilities', CAPABILITIES],
    ['rule.schema.json', 'severities', SEVERITIES],
  ] as const)('%s: %s', (name, _what, list) => {
    const sorted = [...list].sort();
    expect(enumerations(read(name)).map((values) => [...values].sort())).toContainEqual(sorted);
  });

  it('report.schema.json: guarantees, manifest.schema.json: capabilities', () => {
    const report = read('report.schema.json') as {
      properties: { observations: { properties: { guarantees: { required: string[] } } } };
    };
    expect(report.properties.observations.properties.guarantees.required).toEqual([...GUARANTEES]);
    const manifest = read('manifest.schema.json') as { properties: { capabilities: { properties: object } } };
    expect(Object.keys(manifest.properties.capabilities.properties)).toEqual([...CAPABILITIES]);
  });
});
