import type { Span } from '../../../model/program.ts';
import type { FunctionFact, Layer } from '../facts.ts';
import type { Walk } from './walk.ts';

/** Names of what starts programs, runs code, leaves a file or reads variables, and words that are such names where they are called: a body without one of them does none of it. */
const ACTING =
  /\b(?:system|popen\w?|Popen|check_(?:call|output)|get(?:status)?output|exec[lv]\w{0,2}|execSync|execFile\w{0,4}|spawn\w{0,5}|startfile|create_subprocess_\w+|execa\w{0,12}|Function|urlretrieve|child_process|curl|wget|environ|getenv)\b|\b(?:run\w{0,12}|call|exec\w{0,8}|eval|fork|compile|shell\w{0,8}|sh|bash|download\w{0,20})\s{0,3}\(|\$`/;
/** The same where words are enough: commands, and calls without brackets. */
const ACTING_WORDS =
  /\$[@*\d"{\w]|`|%x|\b(?:system|popen\w?|exec|spawn|eval|sh|bash|iex|Invoke-\w+|Start-Process|cmd|curl|wget|iwr)\b|&\s*\$/i;

/** The same in Go, where nothing acts but by a call. */
const ACTING_IN_GO =
  /\b(?:Command(?:Context)?|StartProcess|ForkExec|Exec|WriteFile|OpenFile|Create)\s{0,3}\(/;

/** In JavaScript `exec` is a method of patterns, and `call` one of functions, where nothing of the file starts programs. */
const STARTS_IN_JAVASCRIPT =
  /child_process|\b(?:execa|shelljs|zx|Deno|Bun|vm2?|worker_threads|pty|ssh2?|dax|eval|Function)\b|\b(?:require|import)\s{0,3}\(\s{0,3}(?:[^'"`\s)]|(['"`])[^'"`]{0,80}\1\s{0,3}\+)|\b(?:binding|mainModule|createRequire)\b/;
const ACTING_IN_JAVASCRIPT = /\b(?:curl|wget)\b|\b(?:sh|bash|shell\w{0,8}|download\w{0,20})\s{0,3}\(|\$`/;

const STARTING = new WeakMap<Layer, boolean>();

function startsPrograms(layer: Layer): boolean {
  let starts = STARTING.get(layer);
  if (starts === undefined) STARTING.set(layer, (starts = STARTS_IN_JAVASCRIPT.test(layer.source.text)));
  return starts;
}

/** True for a part of a text that may start a program, run code or leave a file. */
function isActing(text: string, layer: Layer): boolean {
  const { language } = layer;
  if (language === 'go') return ACTING_IN_GO.test(text);
  if ((language === 'javascript' || language === 'typescript') && !startsPrograms(layer))
    return ACTING_IN_JAVASCRIPT.test(text);
  const isOfWords = !/^(?:python|javascript|typescript|notebook)$/.test(language);
  return ACTING.test(text) || (isOfWords && ACTING_WORDS.test(text));
}

/** What is called by name. */
const CALLED = /([A-Za-z_]\w{0,60})\s{0,3}\(/g;

/** So much text of one file is looked through for such names (UTF-16 units). */
const MAX_SEEN = 32 * 1024 * 1024;

/** What a function's own text says: whether it may act itself, and the functions of the target that it calls by name. */
interface Body {
  readonly isActing: boolean;
  readonly calls: readonly FunctionFact[];
}

/** What is known of a text's bodies. */
interface Bodies {
  readonly own: Map<FunctionFact, Body>;
  /** True: it, or something that it calls, acts; false: nothing does. */
  readonly acting: Map<FunctionFact, boolean>;
  seen: number;
}

const BODIES = new WeakMap<Layer, Bodies>();

function bodiesOf(layer: Layer): Bodies {
  let bodies = BODIES.get(layer);
  if (bodies === undefined) BODIES.set(layer, (bodies = { own: new Map(), acting: new Map(), seen: 0 }));
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
  return isActing(textOf(walk, walk.layer, span), walk.layer);
}

function bodyOf(walk: Walk, callee: FunctionFact): Body {
  const { own } = bodiesOf(callee.layer);
  const known = own.get(callee);
  if (known !== undefined) return known;
  const text = textOf(walk, callee.layer, callee.definition.span);
  const names = new Set([...text.matchAll(CALLED)].map(([, name]) => name ?? ''));
  const calls = [...names].flatMap(
    (name) => callee.outer.read(name)?.callable ?? callee.owner?.methods.get(name) ?? [],
  );
  const body = { isActing: isActing(text, callee.layer), calls };
  own.set(callee, body);
  return body;
}

/** True when a function of the target, or one that it calls by name, may do so. */
export function mayAct(walk: Walk, callee: FunctionFact): boolean {
  const { acting } = bodiesOf(callee.layer);
  const known = acting.get(callee);
  if (known !== undefined) return known;
  const reached = new Set([callee]);
  for (const one of reached) {
    const body = bodyOf(walk, one);
    if (body.isActing || bodiesOf(one.layer).acting.get(one) === true) {
      acting.set(callee, true);
      return true;
    }
    for (const called of body.calls)
      if (bodiesOf(called.layer).acting.get(called) !== false) reached.add(called);
  }
  // Nothing acts of all that can be reached from here.
  for (const one of reached) bodiesOf(one.layer).acting.set(one, false);
  return false;
}
