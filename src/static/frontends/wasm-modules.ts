import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

/** A compiled wasm module. It can be sent to a worker, which then neither reads nor compiles it again. */
export type WasmModule = object;
/** What a wasm module is given to work with. */
export type WasmImports = object;

/** The part of the global that is used here; Node's types leave it to those of browsers. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: WasmImports): Promise<object>;
};

/** The parser's runtime, and the grammars. */
export type WasmName = 'runtime' | 'python' | 'bash';

const compiled = new Map<WasmName, Promise<WasmModule>>();

function bytesOf(name: WasmName): Uint8Array {
  const file =
    name === 'runtime'
      ? createRequire(import.meta.url).resolve('web-tree-sitter/web-tree-sitter.wasm')
      : new URL(`./grammars/tree-sitter-${name}.wasm`, import.meta.url);
  return readFileSync(file);
}

async function compile(name: WasmName): Promise<WasmModule> {
  if (name === 'bash') {
    // V8 recompiles hot wasm functions in the background, and the process cannot end before that is done: 0.3 s for this grammar,
    // whose lexer is one huge function. Python's takes a tenth of that, and gains a fifth of its speed by it.
    setFlagsFromString('--liftoff-only');
  }
  return WebAssembly.compile(bytesOf(name));
}

/**
 * A wasm module, compiled once a process. V8 compiles in threads of its own: asking early, for several at once, costs no waiting.
 * @throws when the file is missing from the installation
 */
export function compiledWasm(name: WasmName): Promise<WasmModule> {
  let module = compiled.get(name);
  if (module === undefined) {
    module = compile(name);
    // Whoever awaits it gets the error; nobody may be doing so yet.
    module.catch(() => undefined);
    compiled.set(name, module);
  }
  return module;
}

/** Makes a module runnable, off the main thread where V8 can. */
export function instantiate(module: WasmModule, imports: WasmImports): Promise<object> {
  return WebAssembly.instantiate(module, imports);
}

/** Modules that are ready, by name; what one thread hands to another. */
export type CompiledWasm = ReadonlyMap<WasmName, WasmModule>;

/** Takes over what another thread has compiled. */
export function useCompiledWasm(modules: CompiledWasm): void {
  for (const [name, module] of modules) compiled.set(name, Promise.resolve(module));
}
