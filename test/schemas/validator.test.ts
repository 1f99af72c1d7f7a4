import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SCHEMAS, validatorOf } from '../../src/schemas/validator.ts';
import type { Validate } from '../../src/schemas/validator.ts';
import { sbx } from '../support/sbx.ts';

const VALUES: readonly unknown[] = [
  null,
  3,
  [],
  {},
  { schema: 'sbx.other/9', unknown: true },
  {
    schema: 'sbx.manifest/1',
    name: '',
    capabilities: [{ capability: 'no.such', detail: 7 }],
    resources: { seconds: -1 },
  },
  { schema: 'sbx.policy/1', allow: 'everything', deny: [1, 2], require: { stages: ['dynamic'] } },
  { schema: 'sbx.config/1', suppressions: [{ rule: 'x'.repeat(500), reason: '' }, {}] },
  { schema: 'sbx.report/1', tool: { name: 'sbx' }, verdict: { decision: 'maybe' } },
];

describe('validators that the build compiled', () => {
  it.each(SCHEMAS)('say the same of every value as ajv: %s', (name) => {
    const file = fileURLToPath(new URL(`../../dist/schemas/${name}.validate.cjs`, import.meta.url));
    const compiled = createRequire(import.meta.url)(file) as Validate;
    const interpreted = validatorOf(name);
    for (const value of VALUES) {
      expect(compiled(value)).toBe(interpreted(value));
      expect(compiled.errors).toEqual(interpreted.errors);
      expect(compiled.errors?.length ?? 0).toBeGreaterThan(0);
    }
  });

  it('spare vet the loading of ajv', async () => {
    const skill = fileURLToPath(new URL('../../fixtures/skills/api-client-benign', import.meta.url));
    const list =
      'process.on("exit", () => process.stderr.write(Object.keys(require("module")._cache).join("\\n")))';
    const preload = `data:text/javascript,${encodeURIComponent(`import { createRequire } from "node:module"; const require = createRequire("/"); ${list}`)}`;
    const { stderr } = await sbx(['vet', skill, '--backend', 'none'], {
      environment: { NODE_OPTIONS: `--import=${preload}` },
    });
    expect(stderr).toContain('/dist/load.js');
    expect(stderr).not.toMatch(/\/ajv\/dist\/(?:2020|core)\.js/);
  });
});
