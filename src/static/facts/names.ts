import type { ModelLanguage } from '../../rules/knowledge.ts';
import type { Language } from '../../model/program.ts';

/** The language whose models and conventions hold for a text, or null when it is no program. */
export function modelLanguageOf(language: Language): ModelLanguage | null {
  switch (language) {
    case 'python':
    case 'javascript':
    case 'shell':
    case 'powershell':
    case 'ruby':
    case 'go':
      return language;
    case 'batch':
      return 'shell';
    case 'typescript':
      return 'javascript';
    case 'pickle':
    case 'pyc':
      return 'python';
    default:
      return null;
  }
}

const GLOBAL_OBJECTS: Readonly<Record<ModelLanguage, ReadonlySet<string>>> = {
  python: new Set(['builtins', '__builtins__', '__builtin__']),
  javascript: new Set(['globalThis', 'window', 'global', 'self', 'top', 'parent', 'frames']),
  shell: new Set(),
  powershell: new Set(),
  go: new Set(),
  ruby: new Set(['Kernel', 'Object', 'self', 'TOPLEVEL_BINDING', 'main']),
};

/** Members that only lead back to what they stand on: `f.call`, `module.default`, `os.__dict__`. */
const TRANSPARENT: Readonly<Record<ModelLanguage, ReadonlySet<string>>> = {
  python: new Set(['__dict__', '__call__', '__func__', '__wrapped__']),
  javascript: new Set(['default', 'prototype']),
  shell: new Set(),
  powershell: new Set(['tostring', 'psobject']),
  go: new Set(),
  ruby: new Set(['singleton_class', 'class']),
};

/** A module's name without what does not matter: `node:fs` → `fs`, `fs/promises` → `fs.promises`. */
export function moduleName(module: string, language: ModelLanguage): string {
  if (language !== 'javascript') return module;
  const bare = module.startsWith('node:') ? module.slice(5) : module;
  return bare === 'fs/promises' ? 'fs.promises' : bare;
}

/** No model has a longer name (UTF-16 units): what is before the last part is as good as unknown. */
const MAX_NAME_LENGTH = 300;

/** A constructor, or a method of lists and texts: a function. */
const METHOD =
  /\.constructor$|^\?\.(?:at|bind|charAt|concat|entries|every|filter|find|flat|flatMap|forEach|hasOwnProperty|indexOf|join|keys|map|padStart|pop|push|reduce|repeat|replace|reverse|shift|slice|some|sort|splice|split|sub|substring|toLowerCase|toString|toUpperCase|trim|valueOf|values)$/;

/** The name of a member of something named: `os` and `system` → `os.system`; `builtins` and `eval` → `eval`. */
export function memberName(object: string | null, property: string, language: ModelLanguage): string {
  if (object === null || object === '' || object.length > MAX_NAME_LENGTH) return joined('?', property);
  if (TRANSPARENT[language].has(property)) return object;
  if (GLOBAL_OBJECTS[language].has(object)) return property;
  // Every constructor is made by `Function`.
  if (language === 'javascript' && property === 'constructor' && METHOD.test(object)) return 'Function';
  return joined(object, property);
}

/** So many joined names are kept. */
const MAX_JOINED = 100_000;

let joinedNames = new Map<string, Map<string, string>>();
let joinedCount = 0;

/** `object.property`, the same text object every time: looking up a text that was looked up before needs no hash of its characters. */
function joined(object: string, property: string): string {
  let members = joinedNames.get(object);
  const known = members?.get(property);
  if (known !== undefined) return known;
  if (++joinedCount > MAX_JOINED) {
    joinedNames = new Map();
    joinedCount = 0;
    members = undefined;
  }
  if (members === undefined) joinedNames.set(object, (members = new Map()));
  const name = `${object}.${property}`;
  members.set(property, name);
  return name;
}

/** True for an object whose members are the global names. */
export function isGlobalObject(name: string | null, language: ModelLanguage): boolean {
  return name !== null && GLOBAL_OBJECTS[language].has(name);
}

/** The name under which models know what the built-in modules behind `os` export: `posix.system` → `os.system`. */
export function modelName(name: string, language: ModelLanguage): string {
  if (language !== 'python') return name;
  return name.startsWith('posix.')
    ? `os.${name.slice(6)}`
    : name.startsWith('nt.')
      ? `os.${name.slice(3)}`
      : name;
}

/** Modules that other modules hold under their own or a private name: `shutil.os`, `random._os`. */
const REACHED =
  /^[A-Za-z_][\w.]*\._?((?:os|sys|subprocess|builtins|importlib|socket|shutil|pty|ctypes)(?:\.\w+)+)$/;

/** The name of what is reached through another module: `shutil.os.system` → `os.system`; null when it is not. */
export function nameReached(name: string, language: ModelLanguage): string | null {
  return language === 'python' ? (REACHED.exec(name)?.[1] ?? null) : null;
}

/** `os.path.join` → `join`. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
