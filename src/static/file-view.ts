import type { Capability } from '../model/capability.ts';
import type { Span } from '../model/program.ts';
import type { ClassIndex } from '../rules/classes.ts';
import type { CallFact, Facts, Layer } from './facts/facts.ts';
import { lastPart } from './facts/names.ts';
import { findFlows, type Flow } from './flow/flows.ts';

/** A detector's find, in the layer whose text it looked at. */
export interface PlacedDetection {
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  readonly layer: Layer;
}

/** One file as matchers see it: its facts, with the indexes that keep rules from going over all of them. */
export class FileView {
  readonly path: string;
  readonly facts: Facts;
  readonly classes: ClassIndex;
  readonly detections: ReadonlyMap<string, readonly PlacedDetection[]>;
  readonly #byCapability = new Map<Capability, CallFact[]>();
  readonly #byName = new Map<string, CallFact[]>();
  readonly #byLastPart = new Map<string, CallFact[]>();
  #flows: readonly Flow[] | null = null;
  #lowerText: string | null = null;

  constructor(path: string, facts: Facts, classes: ClassIndex, detections: readonly PlacedDetection[]) {
    this.path = path;
    this.facts = facts;
    this.classes = classes;
    const byName = new Map<string, PlacedDetection[]>();
    for (const detection of detections) add(byName, detection.name, detection);
    this.detections = byName;
    for (const call of facts.calls) {
      for (const capability of call.api?.capabilities ?? []) add(this.#byCapability, capability, call);
      if (call.name === '') continue;
      add(this.#byName, call.name, call);
      add(this.#byLastPart, lastPart(call.name), call);
    }
  }

  /** The file's whole text. */
  get text(): string {
    return this.facts.layers[0]?.source.text ?? '';
  }

  /** The file's text in lower case, for keywords. */
  get lowerText(): string {
    this.#lowerText ??= this.text.toLowerCase();
    return this.#lowerText;
  }

  /** Flows from sources to sinks, worked out when first asked for. */
  get flows(): readonly Flow[] {
    this.#flows ??= findFlows(this.facts.graph);
    return this.#flows;
  }

  callsWith(capability: Capability): readonly CallFact[] {
    return this.#byCapability.get(capability) ?? [];
  }

  callsNamed(name: string): readonly CallFact[] {
    return this.#byName.get(name) ?? [];
  }

  /** Calls whose name ends in a part; `*` gives every named call. */
  callsEndingIn(part: string): readonly CallFact[] {
    return part === '*' ? this.facts.calls : (this.#byLastPart.get(part) ?? []);
  }
}

function add<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}
