import { writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { ajvOptions, compiledFile, schemaOf, SCHEMAS } from './validator.ts';

// Run by the build: writes the schemas as functions.
for (const name of SCHEMAS) {
  const ajv = new Ajv2020({ ...ajvOptions(name), code: { source: true } });
  writeFileSync(compiledFile(name), standalone.default(ajv, ajv.compile(schemaOf(name))));
}
