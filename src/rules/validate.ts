import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { closestName } from '../closest-name.ts';
import { PACKAGE_ROOT } from '../package-info.ts';
import { linearRegexProblem, type PatternProblem } from './linear-regex.ts';
import { regexProblem } from './safe-regex.ts';
import type { YamlFile } from './yaml-file.ts';

/** The three kinds of files under `rules/`; each has a schema in `manifests/`. */
export type RuleFileKind = 'rule' | 'model' | 'class';

/** Whose rules they are: sbx's own, whose expressions are tested for slowness, or the operator's, which run on the linear engine. */
export type RuleOrigin = 'built-in' | 'operator';

const validators = new Map<string, ValidateFunction>();

function patternProblem(pattern: string, origin: RuleOrigin): PatternProblem | null {
  if (origin === 'operator') return linearRegexProblem(pattern);
  const message = regexProblem(pattern);
  return message === null ? null : { message, offset: 0 };
}

function validatorFor(kind: RuleFileKind, origin: RuleOrigin): ValidateFunction {
  const key = `${kind} ${origin}`;
  let validator = validators.get(key);
  if (validator === undefined) {
    const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true });
    ajv.addFormat('safe-regex', {
      type: 'string',
      validate: (text: string) => patternProblem(text, origin) === null,
    });
    const schema = JSON.parse(readFileSync(`${PACKAGE_ROOT}manifests/${kind}.schema.json`, 'utf8')) as Record<
      string,
      unknown
    >;
    validator = ajv.compile(schema);
    validators.set(key, validator);
  }
  return validator;
}

/** What is wrong, with the way to put it right where it can be guessed. */
function textOf(error: ErrorObject, origin: RuleOrigin): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params['additionalProperty']);
      const closest = closestName(name, Object.keys((error.parentSchema?.['properties'] ?? {}) as object));
      return `unknown key "${name}"${closest === null ? '' : `; did you mean "${closest}"?`}`;
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map((value) => JSON.stringify(value));
      const closest = typeof error.data === 'string' ? closestName(`"${error.data}"`, allowed) : null;
      return `must be one of ${allowed.join(', ')}${closest === null ? '' : `; did you mean ${closest}?`}`;
    }
    case 'required':
      return `"${String(params['missingProperty'])}" is missing`;
    case 'format':
      return `is not a usable regular expression: ${patternProblem(String(error.data), origin)?.message ?? 'not a string'}`;
    default:
      return error.message ?? error.keyword;
  }
}

function placeOf(file: YamlFile, error: ErrorObject, origin: RuleOrigin): string {
  const keys = keysOf(error.instancePath);
  const { additionalProperty } = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') return file.placeOfKey(keys, String(additionalProperty));
  if (error.keyword !== 'format') return file.placeOf(keys);
  return file.placeWithin(keys, patternProblem(String(error.data), origin)?.offset ?? 0);
}

/** `/examples/bad/0` → `['examples', 'bad', '0']` (RFC 6901). */
function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Checks a file against its schema: `FILE:LINE:COLUMN: place: message` an error, in file order; empty when it is valid. */
export function validateFile(file: YamlFile, kind: RuleFileKind, origin: RuleOrigin): readonly string[] {
  const validator = validatorFor(kind, origin);
  if (validator(file.value) === true) return [];
  const messages = (validator.errors ?? [])
    .filter((error) => error.keyword !== 'anyOf')
    .map((error) => {
      const where = error.instancePath === '' ? '' : `${keysOf(error.instancePath).join('.')}: `;
      return `${placeOf(file, error, origin)}: ${where}${textOf(error, origin)}`;
    });
  return [...new Set(messages)].sort(byPlace);
}

/** `FILE:LINE:COLUMN: …` of one file by line and column. */
function byPlace(a: string, b: string): number {
  const [[lineA, columnA], [lineB, columnB]] = [numbersOf(a), numbersOf(b)];
  return lineA - lineB || columnA - columnB;
}

function numbersOf(message: string): readonly [number, number] {
  const place = /:(\d+):(\d+): /.exec(message);
  return [Number(place?.[1] ?? 0), Number(place?.[2] ?? 0)];
}
