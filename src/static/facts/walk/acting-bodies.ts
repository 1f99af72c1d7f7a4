import type { Span } from '../../../model/program.ts';
import type { FunctionFact, Layer } from '../facts.ts';
import type { Walk } from './walk.ts';

/** Names of what starts programs, runs code or leaves a file, and words that are such names where they are called: a body without one of them does none of it. */
const ACTING =
  /\b(?:system|popen\w?|Popen|check_(?:call|output)|get(?:status)?output|exec[lv]\w{0,2}|execSync|execFile\w{0,4}|spawn\w{0,5}|startfile|create_subprocess_\w+|execa\w{0,12}|Function|urlretrieve|child_process|curl|wget)\b|\b(?:run\w{0,12}|call|exec\w{0,8}|eval|fork|compile|shell\w{0,8}|sh|bash|download\w{0,20})\s{0,3}\(|\$`/;
/** The same where words are enough: commands, and calls without brackets. */
const ACTING_WORDS =
  /\$[@*\d"{\w]|`|%x|\b(?:system|popen\w?|exec|spawn|eval|sh|bash|iex|Invoke-\w+|Start-Process|cmd|curl|wget|iwr)\b|&\s*\$/i;

/** The same in Go, where nothing acts but by a call. */
const ACTING_IN_GO =
  /\b(?:Command(?:Context)?|StartProcess|ForkExec|Exec|WriteFile|OpenFile|Create)\s{0,3}\(/;

/** True for a text that may start a program, run code or leave a file. */
function isActing(text: string, language: Layer['language']): boolean {
  if (language === 'go') return ACTING_IN_GO.test(text);
  const isOfWords = !/^(?:python|javascript|typescript|notebook)$/.test(language);
  return ACTING.test(text) || (isOfWords && ACTING_WORDS.test(text));
}

/** What is called by name. */
const CALLED = /([A-Za-z_]\w{0,60})\s{0,3}\(/g;

/** So many functions deep names of what is called are looked up. */
const MAX_DEPTH = 16;
/** So much text of one file is looked through for such names (UTF-16 units). */
const MAX_SEEN = 32 * 1024 * 1024;

/** What is known of a text's bodies. */
interface Bodies {
  readonly acting: Map<FunctionFact, boolean>;
  seen: number;
}

const BODIES = new WeakMap<Layer, Bodies>();

function bodiesOf(layer: Layer): Bodies {
  let bodies = BODIES.get(layer);
  if (bodies === undefined) BODIES.set(layer, (bodies = { acting: new Map(), seen: 0 }));
  return bodies;
}

function textOf(walk: Walk, layer: Layer, { start, end }: Span): string {
  const bodies = bodiesOf(layer);
  bodies.seen += end - start;
  if (bodies.seen > MAX_SEEN) {
    walk.gathering.miss({ reason: 'more functions than are looked through for commands', blocking: true });
    return '';
  }
  return layer.source.text.slice(start, end);
}

/** True when a part of the program's text may start a program, run code or leave a file. */
export function mayActIn(walk: Walk, span: Span): boolean {
  return isActing(textOf(walk, walk.layer, span), walk.layer.language);
}

/** True when a function of the target, or one that it calls by name, may do so. */
export function mayAct(walk: Walk, callee: FunctionFact, depth = 0): boolean {
  const { acting } = bodiesOf(callee.layer);
  const known = acting.get(callee);
  if (known !== undefined) return known;
  // A function that calls itself says nothing new.
  acting.set(callee, false);
  const text = textOf(walk, callee.layer, callee.definition.span);
  const mayBe =
    isActing(text, callee.layer.language) ||
    (depth < MAX_DEPTH &&
      [...text.matchAll(CALLED)].some(([, name]) => {
        const named =
          callee.outer.read(name ?? '')?.callable ?? callee.owner?.methods.get(name ?? '') ?? null;
        return named !== null && mayAct(walk, named, depth + 1);
      }));
  acting.set(callee, mayBe);
  return mayBe;
}
