import type { ModuleFile } from './programs/own-modules.ts';
import type { ProgramInterface } from './programs/program-interface.ts';
import type { StartableFile } from './programs/started-programs.ts';
import type { Facts, Layer } from './facts.ts';
import type { Gathering } from './gathering.ts';
import type { Frame } from './walk/frame.ts';

/** A file while it is walked, and what is known of it afterwards. */
export interface WalkedFile extends ModuleFile, StartableFile {
  /** Every text of it that was walked, those found in constant texts included. */
  readonly layers: Layer[];
  readonly sentences: Facts['sentences'][number][];
  /** Code in constant texts that was walked: what hides it is not walked again. */
  readonly innerTexts: Set<string>;
  frame: Frame | null;
  /** What it is given and gives when it is started. */
  readonly program: ProgramInterface;
}

/** Statements that raise an error, in all languages. */
const RAISING = /\b(?:raise|throw)\b/i;

/** True for a text that may raise an error with a value in it. */
export function mayRaise({ source }: Layer): boolean {
  return RAISING.test(source.text);
}

/** A generator that does something with what it is sent. */
const TAKING = /[=(]\s{0,4}(?:\(\s{0,4})?yield\b/;

/** True for a text whose generators may be sent something. */
export function maySend({ source }: Layer): boolean {
  return TAKING.test(source.text);
}

/** Which file each text is of that was walked. */
export class LayerOwners {
  readonly #gathering: Gathering;
  readonly #owners = new Map<Layer, WalkedFile>();

  constructor(gathering: Gathering) {
    this.#gathering = gathering;
  }

  /** A text of a file is about to be walked. */
  add(file: WalkedFile, layer: Layer): void {
    file.layers.push(layer);
    this.#gathering.layers.push(layer);
    this.#owners.set(layer, file);
    this.#gathering.owners.set(layer, file.notes);
  }

  of(layer: Layer): WalkedFile | undefined {
    return this.#owners.get(layer);
  }
}
