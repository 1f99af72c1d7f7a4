import type { Language } from '../../model/program.ts';
import { detectLanguage } from '../decode/language.ts';
import { decodeText } from '../decode/text.ts';
import type { FileTask } from '../file-task.ts';
import type { FileDetection } from '../detectors/bytes.ts';
import type { Shortfall } from '../facts/shortfall.ts';
import { type Budget, BoundHit } from './budget.ts';
import { memberName } from './member-name.ts';

/** Reasons, and finds of one kind, that are kept of one container; an archive may have thousands of odd members. */
const MAX_NOTES = 100;
const NOTHING = new Uint8Array(0);

/** What becomes of one container: the things in it, one task each, and what there is to say of the container itself. */
export class Unpacking {
  readonly #task: FileTask;
  readonly #budget: Budget;
  readonly #taken: Map<string, number>;
  readonly #tasks: FileTask[] = [];
  readonly #shortfalls: Shortfall[] = [];
  readonly #detections: FileDetection[] = [];
  #bytes: Uint8Array;
  #rest: Uint8Array = NOTHING;

  /** @param taken paths that are in use in the target, and how often each was asked for; grows */
  constructor(task: FileTask, budget: Budget, taken: Map<string, number>) {
    this.#bytes = task.content;
    this.#task = task;
    this.#budget = budget;
    this.#taken = taken;
  }

  /** What is to be opened. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Goes on with what the bytes hold, unpacked, as if it were the container. */
  reread(bytes: Uint8Array): void {
    this.#budget.take(bytes.length);
    this.#bytes = bytes;
  }

  /** The container's own path. */
  get path(): string {
    return this.#task.path;
  }

  /**
   * Hands over a member of an archive.
   * @param rawName as the archive has it, however hostile
   */
  member(rawName: string, content: Uint8Array, language?: Language): void {
    this.#budget.take(content.length);
    this.#add(this.#memberPath(rawName), content, language);
  }

  /** Notes a member whose content is not analysed. */
  closedMember(
    rawName: string,
    reason: string,
    blocking: boolean,
    detections: readonly FileDetection[] = [],
  ): void {
    this.#budget.take(0);
    const opened = { shortfalls: [{ reason, blocking }], detections };
    this.#tasks.push({ ...this.#inside(this.#memberPath(rawName), NOTHING), opened });
  }

  /** Hands over something that lies at a place of the bytes under no name of its own. */
  part(offset: number, kind: string, content: Uint8Array, language?: Language): void {
    this.#budget.take(content.length);
    const path = this.#unique((again) => `${this.path}@${offset}${again}:${kind}`);
    this.#add(path, content, language ?? languageOfNameless(content));
  }

  /** Hands over text that was made out of the whole container. */
  fragment(kind: string, content: Uint8Array, language: Language): void {
    this.#budget.take(content.length);
    this.#add(
      this.#unique((again) => `${this.path}#${kind}${again}`),
      content,
      language,
    );
  }

  /** What is left when everything handed over is taken out: it is analysed under the container's own name. */
  rest(bytes: Uint8Array): void {
    this.#rest = bytes;
  }

  /** Says what was not analysed. */
  miss(reason: string, blocking = true): void {
    // However many that do not matter there are, one that does is not lost.
    const alike = this.#shortfalls.filter((each) => each.blocking === blocking).length;
    if (alike < MAX_NOTES) this.#shortfalls.push({ reason, blocking });
  }

  /** Notes something about the container that a rule may ask for. */
  see(name: string, detail: string): void {
    const alike = this.#detections.filter((each) => each.name === name).length;
    if (alike < MAX_NOTES) this.#detections.push({ name, detail });
  }

  /**
   * Unpacks under the bounds.
   * @param unpack gives at most `maxBytes` or throws an error with `code: 'ERR_BUFFER_TOO_LARGE'`
   * @throws BoundHit when it is too much; whatever `unpack` throws
   */
  unpack<Result>(packedBytes: number, unpack: (maxBytes: number) => Result): Result {
    const { bytes, hit } = this.#budget.allowance(packedBytes);
    try {
      return unpack(bytes);
    } catch (error) {
      if (isTooLarge(error)) throw hit;
      throw error;
    }
  }

  /** As {@link unpack}, for decoders that work asynchronously. */
  async unpackSlowly<Result>(
    packedBytes: number,
    unpack: (maxBytes: number) => Promise<Result>,
  ): Promise<Result> {
    const { bytes, hit } = this.#budget.allowance(packedBytes);
    try {
      return await unpack(bytes);
    } catch (error) {
      if (isTooLarge(error)) throw hit;
      throw error;
    }
  }

  /** Says why opening ended early. */
  failed(error: unknown, kind: string): void {
    if (!(error instanceof BoundHit)) {
      this.miss(`not a readable ${kind}: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    this.miss(error.message);
    if (error.isBomb) this.see('decompression-bomb', kind);
  }

  /** The container's task, without what was taken out, and the tasks of what was. One that gave nothing keeps all its bytes. */
  result(): { readonly container: FileTask; readonly inside: readonly FileTask[] } {
    const opened = { shortfalls: this.#shortfalls, detections: this.#detections };
    const isBarren = this.#tasks.length === 0 && this.#shortfalls.length === 0 && this.#rest.length === 0;
    const content = isBarren ? this.#task.content : this.#rest;
    return { container: { ...this.#task, content, opened }, inside: this.#tasks };
  }

  #memberPath(rawName: string): string {
    const { name, problem } = memberName(rawName);
    if (problem !== null)
      this.see('archive-hostile-name', `${JSON.stringify(rawName.slice(0, 100))} ${problem}`);
    return this.#unique((again) => `${this.path}!${again}/${name}`);
  }

  /** Members of the same name are all looked at: which of them a reader gets depends on the reader. */
  #unique(pathOf: (again: string) => string): string {
    const first = pathOf('');
    let path = first;
    // Goes on from the last of that name: 20,000 members of one name would otherwise be counted 200 million times.
    let count = this.#taken.get(first) ?? 0;
    while (this.#taken.has(path)) path = pathOf(String(++count));
    this.#taken.set(path, 1);
    this.#taken.set(first, Math.max(count, 1));
    return path;
  }

  #add(path: string, content: Uint8Array, language: Language | undefined): void {
    this.#tasks.push({ ...this.#inside(path, content), ...(language === undefined ? {} : { language }) });
  }

  #inside(path: string, content: Uint8Array): FileTask {
    return { path, container: this.#task.container ?? this.path, content, unit: this.#task.unit };
  }
}

/** How a text without a name is read: by its shape where it has one, as prose otherwise. Undefined for what is no text. */
function languageOfNameless(content: Uint8Array): Language | undefined {
  const text = decodeText(content)?.text;
  if (text === undefined) return undefined;
  const { language } = detectLanguage('', text, content);
  return language === 'text' ? 'markdown' : (language ?? undefined);
}

/** As `node:zlib` says that there is more than `maxOutputLength`. */
export class TooLarge extends Error {
  readonly code = 'ERR_BUFFER_TOO_LARGE';
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
