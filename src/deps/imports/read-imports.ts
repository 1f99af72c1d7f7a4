import type { Package } from '../../model/dependency.ts';
import type { Target, TargetFile } from '../../model/target.ts';
import { decodeText } from '../inventory/text.ts';
import type { CodeFile } from './code-file.ts';
import { codeFileOf, isAside } from './code-file.ts';
import type { FoundImport, ImportLanguage, ImportReading, ImportScope } from './import-place.ts';
import { UNREAD } from './import-place.ts';
import { readJavascriptImports } from './javascript-imports.ts';
import { readNotebookImports } from './notebook-code.ts';
import type { OwnModules } from './own-modules.ts';
import { ownModulesOf, packageOf } from './own-modules.ts';
import { readPythonImports } from './python-imports.ts';
import { isNodeStandard, isPythonStandard } from './standard-library.ts';

/** Larger files are generated; they count as not read. In bytes. */
const MAX_FILE_BYTES = 4_000_000;
/** What is read of one target, in bytes; the rest counts as not read. */
const MAX_BYTES = 256_000_000;

/** An import of something that is neither the target's own nor the interpreter's. */
export interface ImportPlace extends Omit<FoundImport, 'scope'> {
  readonly language: ImportLanguage;
  readonly path: string;
  readonly scope: ImportScope;
  readonly unit: string;
  /** True when a file or folder of the target has the name too. */
  readonly mayBeOwn: boolean;
}

/** What the code of a target imports, without the target's own modules and the standard library. */
export interface TargetImports {
  /** In the order of the files; each module once a file and scope. */
  readonly places: readonly ImportPlace[];
  /** Units and languages that have code, as `unit\0language`. */
  readonly withCode: ReadonlySet<string>;
  /** Units and languages of which something could not be read or works out what it imports, as `unit\0language`. */
  readonly unsure: ReadonlySet<string>;
}

/**
 * Reads all imports of a target. Executes nothing; what is not read is said in `unsure`.
 * @param packages what is declared: without any there is nothing to compare, and nothing is read
 */
export function readImports(target: Target, packages: readonly Package[]): TargetImports {
  if (packages.length === 0) return { places: [], withCode: new Set(), unsure: new Set() };
  const unitOf = deepestUnit(target);
  const own = ownModulesOf(target);
  const places: ImportPlace[] = [];
  const withCode = new Set<string>();
  const unsure = new Set<string>();
  let left = MAX_BYTES;
  for (const file of target.files) {
    const code = codeFileOf(file.path, file.content);
    if (code === null) continue;
    const unit = unitOf(file.path);
    withCode.add(`${unit}\0${code.language}`);
    left -= file.size;
    const reading = left < 0 ? UNREAD : readFile(file, code);
    if (!reading.isWhole) unsure.add(`${unit}\0${code.language}`);
    const aside = isAside(unit === '.' ? file.path : file.path.slice(unit.length + 1));
    const seen = new Set<string>();
    for (const found of reading.imports) {
      const scope = aside ? 'aside' : found.scope;
      const key = `${scope}\0${found.module}\0${found.names.join(',')}`;
      if (seen.has(key) || isStandard(code.language, found.module)) continue;
      seen.add(key);
      places.push({
        ...found,
        scope,
        language: code.language,
        path: file.path,
        unit,
        mayBeOwn: isOwn(own, code, found),
      });
    }
  }
  for (const { path } of target.opaque) {
    const code = codeFileOf(path, null);
    if (code !== null) unsure.add(`${unitOf(path)}\0${code.language}`);
  }
  return { places, withCode, unsure };
}

function readFile({ path, content }: TargetFile, { language, form }: CodeFile): ImportReading {
  if (form === 'unread' || content === null || content.length > MAX_FILE_BYTES) return UNREAD;
  const text = decodeText(content);
  if (text === null) return UNREAD;
  if (form === 'notebook') return readNotebookImports(text);
  if (language === 'javascript') return readJavascriptImports(text, path);
  const reading = readPythonImports(text);
  // A stub is read by type checkers alone.
  return path.endsWith('.pyi')
    ? { ...reading, imports: reading.imports.map((found) => ({ ...found, scope: 'typing' as const })) }
    : reading;
}

function isStandard(language: ImportLanguage, module: string): boolean {
  if (language === 'python') return isPythonStandard(module.split('.')[0] ?? '');
  return module.startsWith('node:') || packageOf(module) === null || isNodeStandard(module);
}

function isOwn(own: OwnModules, { language }: CodeFile, { module }: FoundImport): boolean {
  return language === 'python' ? own.hasPython(module.split('.')[0] ?? '') : own.hasJavascript(module);
}

/** Finds the unit whose folder holds a path, the deepest one. */
function deepestUnit({ units }: Target): (path: string) => string {
  const paths = new Set(units.map(({ path }) => path));
  const fallback = units[0]?.path ?? '.';
  return (path) => {
    for (let folder = path; folder.includes('/');) {
      folder = folder.slice(0, folder.lastIndexOf('/'));
      if (paths.has(folder)) return folder;
    }
    return paths.has('.') ? '.' : fallback;
  };
}
