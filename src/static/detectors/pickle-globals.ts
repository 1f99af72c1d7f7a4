import type { Expression, Language } from '../../model/program.ts';
import { isClassName, isDataGlobal } from '../frontends/pickle/data-globals.ts';
import { emulate, type Emulation } from '../frontends/pickle/emulate.ts';
import type { GlobalReference } from '../frontends/pickle/globals.ts';
import { isDataLibrary, isStandardModule } from '../frontends/pickle/library-modules.ts';
import { fewOfEach } from '../few-of-each.ts';
import type { Detection, Detector } from './detector.ts';

/** Used as a function, made an object of, or only referred to. */
type Use = 'called' | 'made' | 'named';

function usesOf({ machine, globals }: Emulation): ReadonlyMap<Expression, Use> {
  const uses = new Map<Expression, Use>();
  for (const call of machine.calls) {
    if (call.kind !== 'call') continue;
    const { callee } = call;
    // A state or items that a global itself is given change the class or function for everyone.
    const used = callee.kind === 'member' ? callee.object : callee;
    if (used.kind !== 'constant' || globals.referenceOf(used.expression) === null) continue;
    if (uses.get(used.expression) !== 'called')
      uses.set(used.expression, machine.made.has(call) ? 'made' : 'called');
  }
  return uses;
}

/** True when the way to a name leads through something that is no class, as a module is that another one imported. */
function leadsElsewhere(name: string): boolean {
  return name
    .split('.')
    .slice(0, -1)
    .some((part) => !isClassName(part));
}

function nameOf({ module, name }: GlobalReference, use: Use): Detection['name'] | null {
  if (leadsElsewhere(name)) return 'pickle-function-of-library';
  // What the loading program defines itself.
  if (module === '__main__') return null;
  const isFunction = !isClassName(name) && !name.startsWith('_');
  const isLibrary = isStandardModule(module) ? use === 'called' : isDataLibrary(module) && isFunction;
  return isLibrary && use === 'called' ? 'pickle-function-of-library' : 'pickle-unknown-global';
}

function inspect(text: string, language: Language): readonly Detection[] {
  if (language !== 'pickle') return [];
  const emulation = emulate(text);
  const uses = usesOf(emulation);
  const found = new Map<string, Detection>();
  for (const [expression, reference] of emulation.globals.references) {
    const { module, name, span } = reference;
    if (isDataGlobal(module, name)) continue;
    const detection = nameOf(reference, uses.get(expression) ?? 'named');
    const detail = `${module}.${name}`.slice(0, 200);
    const key = `${String(detection)} ${detail}`;
    if (detection === null || found.has(key)) continue;
    found.set(key, { name: detection, span, detail });
  }
  return fewOfEach([...found.values()]);
}

/**
 * Globals of pickles beside those that data needs. `pickle-function-of-library`: a function of the standard library or of a library for
 * data is called, or a name leads through a module; `pickle-unknown-global`: any other one that nothing is known of.
 */
export const pickleGlobalsDetector: Detector = {
  names: ['pickle-function-of-library', 'pickle-unknown-global'],
  inspect,
};
