import type { Capability } from '../../model/capability.ts';
import type { Facts } from '../facts/facts.ts';
import { fewOfEach } from '../few-of-each.ts';
import type { PlacedDetection } from '../file-view.ts';
import { knownOf } from './keras-names.ts';

type PlacedSetting = Facts['settings'][number];

/** Layers that hold code of their own: compiled, or as a pickle. */
const CODE_LAYERS: ReadonlySet<string> = new Set(['Lambda', 'TorchModuleWrapper', 'JaxLayer', 'FlaxLayer']);
/** A function on its own. */
const BARE_LAMBDA = '__lambda__';

/** Settings whose text is the name of a file that is read when the model is loaded. */
const FILES = /^(?:vocabulary|filepath|idf_weights|vocabulary_file|merges)$/;
/** Files that come with no model: elsewhere on the machine or the network, and where people keep what is theirs. */
const FOREIGN_FILE =
  /^(?:[a-z][\w+.-]{1,20}:\/\/|~|\/(?:etc|proc|root|dev|var|sys)\/)|(?:^|[\\/])\.\.[\\/]|[\\/]\.(?:ssh|aws|env|config|netrc|git)/i;

/** What a function between layers has no use for. */
const ACTING: ReadonlySet<Capability> = new Set<Capability>([
  'proc.exec',
  'net.connect',
  'net.listen',
  'code.dynamic',
  'code.native',
  'code.deserialize',
  'fs.write',
  'fs.delete',
  'secret.read',
  'env.read',
  'persist',
  'agent.control',
]);

/** One object of a configuration: `{"class_name": …, "config": …, "module": …}`. */
class KerasObject {
  readonly path: readonly string[];
  readonly names: PlacedSetting[] = [];
  readonly modules: PlacedSetting[] = [];
  /** `config` when it is a text: the name of a function. */
  readonly functions: string[] = [];

  constructor(path: readonly string[]) {
    this.path = path;
  }
}

/** Objects by where they stand. Keys may repeat; which of them counts depends on the reader. */
function objectsIn(settings: readonly PlacedSetting[]): ReadonlyMap<string, KerasObject> {
  const objects = new Map<string, KerasObject>();
  for (const placed of settings) {
    const { path, value } = placed.setting;
    const key = path.at(-1);
    if (typeof value !== 'string' || (key !== 'class_name' && key !== 'module' && key !== 'config')) continue;
    const parent = path.slice(0, -1);
    const place = parent.join('\0');
    let object = objects.get(place);
    if (object === undefined) objects.set(place, (object = new KerasObject(parent)));
    if (key === 'class_name') object.names.push(placed);
    else if (key === 'module') object.modules.push(placed);
    else object.functions.push(value);
  }
  return objects;
}

function textOf({ setting }: PlacedSetting): string {
  return String(setting.value).slice(0, 200);
}

/** True for a function that is told of with the layer around it. */
function isOfCodeLayer(object: KerasObject, objects: ReadonlyMap<string, KerasObject>): boolean {
  if (object.path.at(-1) !== 'function' || object.path.at(-2) !== 'config') return false;
  const layer = objects.get(object.path.slice(0, -2).join('\0'));
  return layer?.names.some((name) => CODE_LAYERS.has(textOf(name))) === true;
}

function detection(name: string, { setting, layer }: PlacedSetting, detail: string): PlacedDetection {
  return { name, detail, span: setting.span, layer };
}

function inObject(
  object: KerasObject,
  objects: ReadonlyMap<string, KerasObject>,
): readonly PlacedDetection[] {
  const found: PlacedDetection[] = [];
  for (const placed of object.names) {
    const name = textOf(placed);
    if (CODE_LAYERS.has(name) || (name === BARE_LAMBDA && !isOfCodeLayer(object, objects)))
      found.push(detection('keras-code', placed, name));
    const called = name === 'function' ? object.functions : [name];
    for (const module of object.modules) {
      for (const each of called) {
        const known = knownOf(textOf(module), each);
        if (known === 'data') continue;
        const kind = known === 'acts' ? 'keras-acting-name' : 'keras-unknown-name';
        found.push(detection(kind, module, `${textOf(module)}.${each.slice(0, 100)}`));
      }
    }
  }
  return found;
}

/** True for a configuration of a model, in any of the forms that Keras has written. */
function isModel(objects: ReadonlyMap<string, KerasObject>): boolean {
  let named = 0;
  for (const { names, modules } of objects.values()) {
    if (names.length > 0) named++;
    if (names.length > 0 && modules.some((module) => /keras/.test(textOf(module)))) return true;
    if (names.some((name) => /^(?:Sequential|Functional|Model|Lambda|__lambda__)$/.test(textOf(name))))
      return true;
  }
  return named > 2;
}

/** Calls in the compiled functions of a model that reach the machine or the network. */
function actingCalls({ calls }: Pick<Facts, 'calls'>): readonly PlacedDetection[] {
  return calls.flatMap(({ api, name, span, layer }) => {
    if (layer.language !== 'pyc') return [];
    const acts = api?.capabilities?.some((capability) => ACTING.has(capability)) === true;
    return acts ? [{ name: 'keras-code-acts', detail: name, span, layer }] : [];
  });
}

/**
 * Code that configurations of Keras models bring or name. `keras-code`: a layer with a function of its own; `keras-code-acts`: what that
 * function does; `keras-acting-name`: a function that does more than compute is imported and called; `keras-unknown-name`: the same of
 * which nothing is known; `keras-foreign-file`: a file that comes with no model is read.
 */
export function kerasCode(facts: Pick<Facts, 'settings' | 'calls'>): readonly PlacedDetection[] {
  const { settings } = facts;
  if (!settings.some(({ setting }) => setting.path.at(-1) === 'class_name')) return [];
  const objects = objectsIn(settings);
  if (!isModel(objects)) return [];
  const found = [...objects.values()].flatMap((object) => inObject(object, objects));
  found.push(...actingCalls(facts));
  for (const placed of settings) {
    const { path, value } = placed.setting;
    if (typeof value === 'string' && FILES.test(path.at(-1) ?? '') && FOREIGN_FILE.test(value))
      found.push(detection('keras-foreign-file', placed, value.slice(0, 200)));
  }
  return fewOfEach(found);
}
