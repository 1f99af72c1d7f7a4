import { BrokenPickle, ByteReader } from './bytes.ts';
import { Globals } from './globals.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { Machine } from './machine.ts';

/** A file that takes more is read no further: each instruction may leave a value behind. */
const MAXIMUM_INSTRUCTIONS = 2_000_000;

/** The first pickle of a file that PyTorch wrote before 1.6, and how many follow until the numbers begin (`torch/serialization.py`). */
const LEGACY_TORCH = 0x1950a86a20f9469cfc6c;
const LEGACY_TORCH_PICKLES = 5;

/** What may stand behind the last pickle: nothing of it is an instruction. */
const PADDING: ReadonlySet<string> = new Set(['\0', '\n', '\r', ' ']);

function isPadding(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) if (!PADDING.has(text[at]!)) return false;
  return true;
}

/** What carrying out a file of pickles would do. */
export interface Emulation {
  readonly text: string;
  readonly machine: Machine;
  readonly globals: Globals;
  /** Whole pickles. */
  readonly pickles: number;
  /** Why it was read no further; null when all of it was read. */
  readonly problem: string | null;
  readonly isTooLong: boolean;
  /** Where reading ended. */
  readonly end: number;
}

/** True when numbers stand here, as at the end of an old file of PyTorch: neither a pickle that says so itself, nor one of text. */
function areNumbers(text: string, at: number): boolean {
  const first = text.charCodeAt(at);
  return !(first === 0x80 && text.charCodeAt(at + 1) <= 5) && !/^[(ci\]}][\w(.]/.test(text.slice(at, at + 2));
}

/** The last files that were worked out whole, for as long as somebody needs them: frontend and detector ask for the same. */
const recent: WeakRef<Emulation>[] = [];
const MAX_RECENT = 16;

/**
 * Works out what unpickling a file would do, without unpickling anything. Never throws for any bytes.
 * @param text the file's bytes as Latin-1, one character per byte
 */
export function emulate(text: string): Emulation {
  for (const reference of recent) {
    const known = reference.deref();
    if (known?.text === text) return known;
  }
  const made = emulateFirst(text, Number.POSITIVE_INFINITY);
  recent.unshift(new WeakRef(made));
  recent.length = Math.min(recent.length, MAX_RECENT);
  return made;
}

/** The same of the first pickles only, so many that follow each other. */
export function emulateFirst(text: string, maximum: number): Emulation {
  const globals = new Globals();
  const machine = new Machine(globals);
  const bytes = new ByteReader(text, 0);
  let problem = text.length === 0 ? 'byte 0: the stream ends too early' : null;
  let pickles = 0;
  let instructions = 0;
  let isLegacyTorch = false;
  let isBetween = false;
  while (bytes.at < text.length && problem === null && pickles < maximum) {
    const start = bytes.at;
    if (isBetween && PADDING.has(text[start]!) && isPadding(text, start)) break;
    if (isBetween && isLegacyTorch && pickles >= LEGACY_TORCH_PICKLES && areNumbers(text, start)) break;
    try {
      if (++instructions > MAXIMUM_INSTRUCTIONS) throw new BrokenPickle('too many instructions');
      const code = bytes.take(1);
      const carryOut = INSTRUCTIONS.get(code);
      if (carryOut === undefined) {
        throw new BrokenPickle(`unknown instruction 0x${code.charCodeAt(0).toString(16).padStart(2, '0')}`);
      }
      if (code === '.' && pickles === 0) isLegacyTorch = machine.topNumber === LEGACY_TORCH;
      carryOut(machine, bytes, start);
      isBetween = code === '.' && machine.isEmpty;
      if (isBetween) pickles++;
      else if (bytes.at >= text.length) throw new BrokenPickle('the stream ends too early');
    } catch (error) {
      if (!(error instanceof BrokenPickle)) throw error;
      problem = `byte ${String(start)}: ${error.message}`;
    }
  }
  machine.abandon();
  return {
    text,
    machine,
    globals,
    pickles,
    problem,
    isTooLong: instructions > MAXIMUM_INSTRUCTIONS,
    end: bytes.at,
  };
}
