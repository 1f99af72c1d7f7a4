import type { FileTask } from './file-task.ts';
import type { FileDetection } from './detectors/bytes.ts';
import { decodeText } from './decode/text.ts';
import { recognise } from './decode/hidden/kinds.ts';
import { readCompiled, wordsOf } from './frontends/pyc/read.ts';

/** The source that a compiled file says it was made from; null when the target has none. */
export interface CompiledSource {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Names that the compiler puts in, whatever the source; `join` puts the parts of a long f-string together.
 * @see https://github.com/python/cpython/blob/v3.13.0/Python/compile.c `compiler_joined_str`
 */
const MADE_UP =
  /^(?:join|__(?:name|module|qualname|doc|annotations|annotate|annotate_func|conditional_annotations|class|classcell|classdict|type_params|firstlineno|static_attributes|build_class|debug|enter|exit|aenter|aexit|path|future)__|\.\w+|<.*>)$/;

/** `pkg/__pycache__/a.cpython-311.opt-1.pyc` and `pkg/a.pyc` come from `pkg/a.py`; null for any other name. */
function sourcePathOf(path: string): string | null {
  const cached = /^(.*\/|)__pycache__\/([^/]+?)\.[\w-]+(?:\.opt-\d)?\.pyc$/.exec(path);
  if (cached !== null) return `${cached[1]}${cached[2]}.py`;
  return /\.py[co]$/.test(path) ? path.slice(0, -1) : null;
}

/** Names of what does something to others: programs, the network, files that go, code made of text. */
const ACTS =
  /^(?:os|sys|subprocess|socket|ctypes|shutil|base64|marshal|pickle|urllib|requests|httpx|aiohttp|pty|winreg|zlib|exec|eval|compile|open|__import__|getattr|globals|environ|getenv|system|popen\w*|Popen|urlopen|urlretrieve|unlink|rmtree|write_text|write_bytes|b64decode|fromhex|import_module)$/;

/**
 * True when Python passes a compiled file by because its source has another length than the one it was made from.
 * @see https://docs.python.org/3/reference/import.html#cached-bytecode-invalidation
 */
function isStale(text: string, sourceLength: number): boolean {
  const wordAt = (at: number): number =>
    [0, 1, 2, 3].reduce((word, byte) => word + text.charCodeAt(at + byte) * 256 ** byte, 0);
  // Without flags: four bytes of time, four of length. With them the source is told by a digest, or not at all.
  return text.slice(2, 4) === '\r\n' && wordAt(4) === 0 && wordAt(12) !== sourceLength;
}

/**
 * A name that compiled code has and its source has not; null when all are there. Of code that Python does not load, which is what older
 * source leaves behind, only names count that act.
 */
function strangerTo(source: string, text: string, isLoaded: boolean): string | null {
  const { names, texts } = wordsOf(readCompiled(text));
  const words = new Set(source.normalize('NFKC').match(/[\p{L}\p{N}_]+/gu));
  const isKnown = (name: string): boolean =>
    MADE_UP.test(name) ||
    name.split('.').every((part) => words.has(part) || words.has(part.replace(/^_\w*?(?=__)/, '')));
  for (const name of [...names].sort()) if ((isLoaded || ACTS.test(name)) && !isKnown(name)) return name;
  for (const constant of [...texts].sort()) {
    const isTelling = constant.length >= 8 && (recognise(constant)?.kind ?? 'prose') !== 'prose';
    if (!isTelling || source.includes(constant) || /\\[xuUN0-7]/.test(source)) continue;
    const missing = constant.match(/\w{4,}/g)?.find((word) => !source.includes(word));
    if (missing !== undefined) return missing;
  }
  return null;
}

/**
 * Holds a compiled file against the source beside it.
 * @param text the compiled file, one character a byte
 * @returns nothing when it may well come from that source, or cannot be read (which is said elsewhere)
 */
export function inspectCompiled(text: string, source: CompiledSource | null): readonly FileDetection[] {
  if (source === null)
    return [{ name: 'compiled-without-source', detail: 'no source of it is in the target' }];
  try {
    const isLoaded = !isStale(text, source.content.length);
    const stranger = strangerTo(decodeText(source.content)?.text ?? '', text, isLoaded);
    return stranger === null
      ? []
      : [{ name: 'compiled-differs', detail: `${stranger}, which ${source.path} has not` }];
  } catch {
    return [];
  }
}

/** The files, each compiled one with its source. Members of one container are told by their paths alike. */
export function withSources(tasks: readonly FileTask[]): readonly FileTask[] {
  if (!tasks.some(({ path }) => /\.py[co]$/.test(path))) return tasks;
  const byPath = new Map(tasks.map((task) => [task.path, task]));
  return tasks.map((task) => {
    const path = sourcePathOf(task.path);
    const source = path === null ? undefined : byPath.get(path);
    return source === undefined ? task : { ...task, source: { path: source.path, content: source.content } };
  });
}
