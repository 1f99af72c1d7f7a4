import type { ModelLanguage } from '../../../rules/knowledge.ts';
import type { Value } from '../values/value.ts';
import type { CallFact } from '../facts.ts';
import { lastPart } from '../names.ts';
import type { Walk } from '../walk/walk.ts';

/** Names of functions that run or load what they are given. */
const RUNNER =
  /^(?:e?val|evaluate|exec|execute|system|shell|bash|popen|spawn|run_?(?:command|code|script|shell|python|cell|string)|exec_?(?:command|code|script|shell)|execute_?(?:command|code|script|python)|loads?|unpickle|unserialize|deserialize)$/i;

/**
 * The package that an imported module belongs to: `yaml` of `yaml.loader`, `@scope/name` of `@scope/name/sub.js`. Null for what lies
 * in the target itself: a relative path, or an alias of one (`@/lib`, `~/lib`, `#lib`).
 */
export function packageOfModule(module: string, language: ModelLanguage): string | null {
  // What a library in Ruby is called and what its constants are called have nothing to do with each other.
  if (language === 'ruby') return null;
  // A path says neither which libraries are the target's own nor which are the language's.
  if (language === 'go') return null;
  if (language === 'python') return module.startsWith('.') ? null : (module.split('.', 1)[0] ?? null);
  return /^(?:@[^/.~][^/]*\/[^/]+|[^@/.~#:][^/:]*)/.exec(module)?.[0] ?? null;
}

/**
 * The imported package that a resolved name begins with; null when it begins with none. A package's name may hold dots itself
 * (`socket.io`), so the longest wins.
 */
export function packageOfName(name: string, packages: { has: (name: string) => boolean }): string | null {
  const slash = name.startsWith('@') ? name.indexOf('/', name.indexOf('/') + 1) : name.indexOf('/');
  let candidate = slash < 0 ? name : name.slice(0, slash);
  for (let turn = 0; turn < 8; turn++) {
    if (packages.has(candidate)) return candidate;
    const dot = candidate.lastIndexOf('.');
    if (dot <= 0) return null;
    candidate = candidate.slice(0, dot);
  }
  return null;
}

/** Ends what is handed to a library that no model knows in a sink of its own: nobody can say where it goes from there. */
export function noteUnmodelled(walk: Walk, call: CallFact, given: readonly Value[]): void {
  if (walk.quiet > 0 || !given.some(({ node }) => node !== 0)) return;
  const owner = packageOfName(call.name, walk.gathering.packages);
  if (owner === null || walk.apis.knowsPackage(owner)) return;
  const isRunner = RUNNER.test(lastPart(call.name));
  for (const { node } of given) {
    walk.graph.addSink(node, { label: 'unmodelled', call });
    if (isRunner) walk.graph.addSink(node, { label: 'unmodelled-runner', call });
  }
}
