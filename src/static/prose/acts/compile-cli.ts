import { writeFileSync } from 'node:fs';
import { COMPILED_TABLE, filledTable } from './gate.ts';
import { COMPILED_TABLES, compileWordTables } from './word-tables.ts';

// Run by the build: writes what the first sentence of a run would wait for.
writeFileSync(COMPILED_TABLES, JSON.stringify(compileWordTables()));
writeFileSync(COMPILED_TABLE, filledTable());
