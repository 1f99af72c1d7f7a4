import type { Expression } from '../../../model/program.ts';
import { NONE_NAMED } from '../calls/arguments.ts';
import { callFact } from '../calls/apply-api.ts';
import { lastPart } from '../names.ts';
import { changed, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** The end of a text that says what comes next: `API key: `, `password=`. */
const SAYS_SECRET =
  /(?:pass(?:word|phrase|wd)|secret|\b(?:api|access|private|aws|openai|service)[ _-]?key|\bkey|token|bearer|credentials?)["']?\W{0,6}$/i;
/** A member or entry that holds one. */
const HOLDS_SECRET =
  /(?:password|passwd|passphrase|secret|api_?key|access_?key|private_?key|[a-z]_key|(?:access|refresh|auth|admin|bearer|session|api)_?token)$/i;

/** So many parts of a text are looked at. */
const MAX_PARTS = 200;

/** `config.api_key`, `service['api_key']`, `service.get('api_key')`: the name of what is read; null for anything else. */
function readName(expression: Expression): string | null {
  if (expression.kind === 'member') return expression.property;
  if (expression.kind === 'index')
    return expression.index.kind === 'literal' ? String(expression.index.value) : null;
  if (expression.kind !== 'call' || expression.callee.kind !== 'member') return null;
  const [key] = expression.args;
  return expression.callee.property === 'get' && key?.value.kind === 'literal'
    ? String(key.value.value)
    : null;
}

/**
 * A text that calls what is put into it a key or a password, where that is one that the program holds: from here on it carries the
 * label `held-secret`.
 * @param whole the value of the text
 */
export function withShownSecret(
  walk: Walk,
  { parts, span }: Extract<Expression, { kind: 'template' }>,
  whole: Value,
): Value {
  if (walk.quiet > 0) return whole;
  const at = parts.slice(1, MAX_PARTS).findIndex((part, index) => {
    const before = parts[index]!;
    if (before.kind !== 'literal' || typeof before.value !== 'string') return false;
    return HOLDS_SECRET.test(readName(part) ?? '') && SAYS_SECRET.test(before.value.slice(-40));
  });
  if (at === -1) return whole;
  const { graph, gathering } = walk;
  const node = graph.newNode();
  graph.connect(whole.node, node);
  const name = readName(parts[at + 1]!) ?? '';
  const args = { positional: [whole], named: NONE_NAMED, receiver: null };
  graph.sources.push({ node, label: 'held-secret', call: callFact(walk, name, null, args, span) });
  gathering.holdsSecrets = true;
  return changed(whole, { node });
}

/** What makes a text of texts, or wraps one up as an answer. */
const GIVES_TEXT =
  /^(?:join|format|strip|lstrip|rstrip|encode|decode|replace|split|splitlines|lower|upper|str|repr|dumps|stringify|indent|dedent|sorted|list|concat|trim|slice|map|toString|String|\w*(?:Content|Result|Response|Block))$/;

/** The node of what a call that no model knows gives: what it was given to work with, it does not show. */
export function withoutHeldSecret(walk: Walk, node: number, name: string): number {
  const { graph, gathering } = walk;
  if (node === 0 || walk.quiet > 0 || !gathering.holdsSecrets || GIVES_TEXT.test(lastPart(name))) return node;
  const left = graph.newNode();
  graph.connect(node, left);
  graph.take(left, ['held-secret']);
  return left;
}
