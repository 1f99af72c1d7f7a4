import { BrokenPickle } from '../pickle/bytes.ts';
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
