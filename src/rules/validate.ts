import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { PACKAGE_ROOT } from '../package-info.ts';
import { regexProblem } from './safe-regex.ts';
import type { YamlFile } from './yaml-file.ts';

/** The three kinds of files under `rules/`; each has a schema in `manifests/`. */
export type RuleFileKind = 'rule' | 'model' | 'class';

const validators = new Map<RuleFileKind, ValidateFunction>();

function validatorFor(kind: RuleFileKind): ValidateFunction {
  let validator = validators.get(kind);
  if (validator === undefined) {
    const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
    ajv.addFormat('safe-regex', { type: 'string', validate: (text: string) => regexProblem(text) === null });
    const schema = JSON.parse(readFileSync(`${PACKAGE_ROOT}manifests/${kind}.schema.json`, 'utf8')) as Record<
      string,
      unknown
    >;
    validator = ajv.compile(schema);
    validators.set(kind, validator);
  }
  return validator;
}

function textOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return `unknown key "${String(params['additionalProperty'])}"`;
    case 'enum':
      return `must be one of ${(params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'format':
      return `is not a usable regular expression: ${regexProblem(String(error.data)) ?? 'not a string'}`;
    default:
      return error.message ?? error.keyword;
  }
}

/** `/examples/bad/0` → `['examples', 'bad', '0']` (RFC 6901). */
function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Checks a file against its schema: `FILE:LINE:COLUMN: place: message` an error, in file order; empty when it is valid. */
export function validateFile(file: YamlFile, kind: RuleFileKind): readonly string[] {
  const validator = validatorFor(kind);
  if (validator(file.value) === true) return [];
  const messages = (validator.errors ?? [])
    .filter((error) => error.keyword !== 'anyOf')
    .map((error) => {
      const keys = keysOf(error.instancePath);
      if (error.keyword === 'additionalProperties') {
        keys.push(String((error.params as Record<string, unknown>)['additionalProperty']));
      }
      const where = error.instancePath === '' ? '' : `${error.instancePath.slice(1).replaceAll('/', '.')}: `;
      return `${file.placeOf(keys)}: ${where}${textOf(error)}`;
    });
  return [...new Set(messages)];
}
