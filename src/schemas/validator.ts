import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ErrorObject, Options } from 'ajv';
import type Ajv from 'ajv/dist/2020.js';
import { PACKAGE_ROOT } from '../package-info.ts';

/** The formats that come from outside and have a JSON Schema under `manifests/`. */
export const SCHEMAS = ['manifest', 'policy', 'config', 'openvex', 'report'] as const;
export type SchemaName = (typeof SCHEMAS)[number];

/** Tells whether a value fits a schema; what is wrong is in `errors` until the next call. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

const validators = new Map<SchemaName, Validate>();

/** Beside this module in a build: the schema as a function, so that neither ajv nor the schema has to be loaded. */
export function compiledFile(name: SchemaName): URL {
  return new URL(`./${name}.validate.cjs`, import.meta.url);
}

/** How ajv reads a schema. Of what people write every error is said, of a report the first. */
export function ajvOptions(name: SchemaName): Options {
  return name === 'report'
    ? { allowUnionTypes: true }
    : { allErrors: true, verbose: true, allowUnionTypes: true };
}

/** The schema itself. */
export function schemaOf(name: SchemaName): object {
  return JSON.parse(readFileSync(`${PACKAGE_ROOT}manifests/${name}.schema.json`, 'utf8')) as object;
}

function load(name: SchemaName): Validate {
  const require = createRequire(import.meta.url);
  const compiled = compiledFile(name);
  if (existsSync(compiled)) return require(fileURLToPath(compiled)) as Validate;
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof Ajv;
  return new Ajv2020(ajvOptions(name)).compile(schemaOf(name));
}

/** The validator of a schema: compiled by the build, or by ajv when run from sources. */
export function validatorOf(name: SchemaName): Validate {
  let validate = validators.get(name);
  if (validate === undefined) {
    validate = load(name);
    validators.set(name, validate);
  }
  return validate;
}
