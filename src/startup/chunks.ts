import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { codeCacheFile } from './code-cache.ts';

/** A chunk's text is this function, its body CommonJS; all of it is ASCII. */
type ChunkFunction = (
  exports: unknown,
  require: (id: string) => unknown,
  module: { exports: unknown },
  filename: string,
  folder: string,
) => void;

/** Modules of Node's that chunks name at their beginning and short runs do without; together they take several milliseconds. */
const SELDOM_NEEDED: ReadonlySet<string> = new Set([
  'node:child_process',
  'node:stream/consumers',
  'node:zlib',
]);

/** Libraries that are chunks of the bundle, by the names under which the others ask for them. */
const LIBRARIES: ReadonlyMap<string, string> = new Map([
  ['semver', 'library-semver.js'],
  ['typescript', 'library-typescript.js'],
  ['yaml', 'library-yaml.js'],
]);

/**
 * Loads the chunks of the bundle, each with the code that V8 compiled for it when the bundle was built. Without such code, or when it
 * is of another version of V8, V8 compiles the chunk as ever.
 */
export class Chunks {
  readonly #folder: string;
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #scripts = new Map<string, Script>();

  /** @param folder the bundle's */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * What a chunk exports; it runs once.
   * @param name of its file in the bundle's folder
   */
  require(name: string): unknown {
    const known = this.#modules.get(name);
    if (known !== undefined) return known.exports;
    const file = join(this.#folder, name);
    const module = { exports: {} as unknown };
    this.#modules.set(name, module);
    const run = this.#compile(name, file).runInThisContext() as ChunkFunction;
    run(module.exports, this.#requireFrom(file), module, file, this.#folder);
    return module.exports;
  }

  #compile(name: string, file: string): Script {
    const cachedData = compiledEarlier(codeCacheFile(this.#folder, name));
    const script = new Script(readFileSync(file, 'latin1'), {
      filename: file,
      ...(cachedData === null ? {} : { cachedData }),
    });
    this.#scripts.set(name, script);
    return script;
  }

  /** Chunks ask for each other by relative names; all else is Node's, a library of the bundle, or a dependency. */
  #requireFrom(file: string): (id: string) => unknown {
    let outside: NodeJS.Require | undefined;
    return (id) => {
      if (id.startsWith('./')) return this.require(id.slice(2));
      const library = LIBRARIES.get(id);
      if (library !== undefined) return this.require(library);
      outside ??= createRequire(file);
      const load = outside;
      return SELDOM_NEEDED.has(id) ? loadedLate(() => load(id) as object) : (load(id) as unknown);
    };
  }

  /** What V8 has compiled up to now of every chunk that was loaded, and whether it took what there was from earlier (null: there was none). */
  compiled(): readonly { readonly name: string; readonly data: Buffer; readonly wasTaken: boolean | null }[] {
    return [...this.#scripts].map(([name, script]) => ({
      name,
      data: script.createCachedData(),
      wasTaken: script.cachedDataRejected === undefined ? null : !script.cachedDataRejected,
    }));
  }
}

/** Stands for a module of Node's until something of it is asked for. */
function loadedLate(load: () => object): object {
  let loaded: object | undefined;
  return new Proxy({}, { get: (_target, key) => Reflect.get((loaded ??= load()), key) as unknown });
}

function compiledEarlier(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
