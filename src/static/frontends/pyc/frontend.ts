import type { Frontend, ParsedText } from '../../../model/program.ts';
import { BrokenPickle } from '../pickle/bytes.ts';
import { unparsed } from '../unparsed.ts';
import { liftCode } from './lift.ts';
import { type CodeObject, MarshalReader } from './marshal.ts';
import { type BytecodeVersion, LAYOUTS, versionOfMagic } from './versions.ts';

/** Compiled code with the version that made it. */
export interface CompiledCode {
  readonly code: CodeObject;
  readonly version: BytecodeVersion;
}

function readAt(text: string, at: number, version: BytecodeVersion): CompiledCode {
  const value = new MarshalReader(text, at, version.layout).read();
  if (value.kind !== 'code') throw new BrokenPickle('no code');
  return { code: value, version };
}

/**
 * The code of a compiled file, or of a bare marshalled code object.
 * @param text one character a byte
 * @throws {BrokenPickle} saying why it cannot be read
 */
export function readCompiled(text: string): CompiledCode {
  if (text.slice(2, 4) === '\r\n') {
    const magic = text.charCodeAt(0) | (text.charCodeAt(1) << 8);
    const version = versionOfMagic(magic);
    if (version === null) throw new BrokenPickle(`of a version that is not known (magic number ${magic})`);
    return readAt(text, version.headerLength, version);
  }
  let failure: unknown = null;
  for (const version of LAYOUTS) {
    try {
      return readAt(text, 0, version);
    } catch (error) {
      if (!(error instanceof BrokenPickle)) throw error;
      failure ??= error;
    }
  }
  throw failure;
}

/** All names and constant texts of code and of the code inside it. */
export function wordsOf({ code }: CompiledCode): {
  readonly names: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
} {
  const names = new Set<string>();
  const texts = new Set<string>();
  const waiting: CodeObject['constants'][number][] = [code];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'list') waiting.push(...next.items.slice(0, 10_000));
    else if (next.kind === 'scalar') {
      if (typeof next.value === 'string') texts.add(next.value);
    } else {
      for (const name of next.names) names.add(name);
      waiting.push(...next.constants.slice(0, 10_000));
    }
  }
  return { names, texts };
}

/**
 * Makes the frontend for compiled Python ready. The text is the file's bytes as Latin-1. Imports, names, attributes, calls with their
 * arguments and constants come back in the order of the instructions; jumps are not followed, so conditions and loops are not known.
 */
export function createCompiledFrontend(): Promise<Frontend> {
  return Promise.resolve({ languages: ['pyc'], parse: parseCompiled });
}

function parseCompiled(text: string): ParsedText {
  try {
    const { code, version } = readCompiled(text);
    const missing = version.operations === null ? 'names and constants only' : 'without conditions and loops';
    return {
      program: { language: 'pyc', body: liftCode(code, version), comments: [] },
      fragments: [],
      sentences: [],
      settings: [],
      status: 'recovered',
      problem: `compiled Python ${version.name}: read ${missing}`,
      isCutOff: version.operations === null,
    };
  } catch (error) {
    if (error instanceof BrokenPickle) return unparsed(`compiled Python: ${error.message}`);
    if (error instanceof RangeError) return unparsed('compiled Python: nested too deep');
    throw error;
  }
}
