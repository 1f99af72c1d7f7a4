import { isDataGlobal } from '../frontends/pickle/data-globals.ts';
import { isDataLibrary, isStandardModule } from '../frontends/pickle/library-modules.ts';

/** Keras itself, in its editions. */
const KERAS = /^(?:tf_keras|keras|keras_(?:hub|nlp|cv|core|rs)|tensorflow\.(?:python\.)?keras)(?:\.|$)/;

/** Parts of Keras that fetch, load and save. What is taken from them by a name in lower case is a function that does. */
const ACTING_PART =
  /\.(?:utils|models|saving|applications|datasets|export|callbacks|preprocessing|config|wrappers|backend)(?:\.|$)/;

/** Parts of TensorFlow whose functions compute. */
const TENSORFLOW_COMPUTES =
  /^tensorflow(?:$|\.(?:nn|math|linalg|signal|image|compiler|python\.(?:ops|framework|util|eager))(?:\.|$))/;
const TENSORFLOW_ACTS = /(?:io_ops|script_ops|gfile|py_func|load|read|write|save)/i;

/** Python's own types that configurations name. */
const PLAIN_TYPES: ReadonlySet<string> = new Set([
  'tuple',
  'list',
  'dict',
  'set',
  'slice',
  'int',
  'float',
  'str',
  'bool',
  'range',
]);

/** Python's own functions that do more than compute. A function that its author wrote has other names. */
const ACTING_BUILTINS: ReadonlySet<string> = new Set(
  '__import__ breakpoint compile delattr eval exec getattr globals help input locals memoryview open setattr vars'.split(
    ' ',
  ),
);

/** How much is known of what a configuration has imported and called by its name. */
export type Known = 'data' | 'unknown' | 'acts';

/** What there is to say of a class or function that a configuration of Keras names with its module. */
export function knownOf(module: string, name: string): Known {
  const isFunction = /^_*[a-z]/.test(name);
  if (KERAS.test(module)) return isFunction && ACTING_PART.test(module) ? 'acts' : 'data';
  if (module === 'builtins') {
    if (ACTING_BUILTINS.has(name)) return 'acts';
    return PLAIN_TYPES.has(name) ? 'data' : 'unknown';
  }
  if (/^tensorflow(?:\.|$)/.test(module)) {
    if (TENSORFLOW_ACTS.test(`${module}.${name}`)) return 'acts';
    return TENSORFLOW_COMPUTES.test(module) || !isFunction ? 'data' : 'unknown';
  }
  if (isDataGlobal(module, name)) return 'data';
  return isStandardModule(module) || isDataLibrary(module) ? 'acts' : 'unknown';
}
