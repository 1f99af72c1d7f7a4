import { textOf } from '../../fold/constant.ts';
import type { Span } from '../../../model/program.ts';
import { callFact } from '../calls/apply-api.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { atNode, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Shorter lists of numbers are sizes and settings. */
const MIN_NUMBERS = 16;
/** Shorter texts are names and digests (UTF-16 units). */
const MIN_TEXT = 48;

/** A text in which nobody can read: letters of both kinds with digits and nothing between them, or digits of a base. */
const UNREADABLE =
  /^(?=[^]*[a-z][^]*[a-z])(?=[^]*[A-Z][^]*[A-Z])(?=[^]*\d[^]*\d)[A-Za-z0-9+/=_!-]+$|^[0-9a-f]+$|^[0-9A-F]+$/;
/** The signs of an encoding in their order, which a decoder is made of. */
const ALPHABET = /abcdefgh|ABCDEFGH/;
const UNPRINTED = /[\0-\x08\x0e-\x1f\x7f-\xff]/g;

function isUnreadableText(text: string): boolean {
  if (text.length < MIN_TEXT) return false;
  if (UNREADABLE.test(text)) return !ALPHABET.test(text.slice(0, 200));
  return (text.match(UNPRINTED)?.length ?? 0) * 4 > text.length;
}

function areNumbers(elements: readonly Value[]): boolean {
  return (
    elements.length >= MIN_NUMBERS && elements.every(({ constant }) => Number.isInteger(constant?.value))
  );
}

/**
 * Data in which nobody can read what it says, at a node of its own: what a program computes from it and then runs hides. Any other value
 * stays as it is.
 */
export function unread(walk: Walk, value: Value, span: Span): Value {
  if (walk.quiet > 0) return value;
  const text = textOf(value.constant);
  const isUnread =
    text === null ? value.elements !== null && areNumbers(value.elements) : isUnreadableText(text);
  if (!isUnread) return value;
  const { graph } = walk;
  const node = graph.newNode();
  if (node === 0) return value;
  graph.connect(value.node, node);
  graph.sources.push({ node, label: 'unread', call: callFact(walk, 'data', null, NO_ARGUMENTS, span) });
  graph.unread.set(value.elements ?? value.constant ?? value, node);
  return atNode(value, node);
}

/** One number, or sign, of such data says as little as all of them: where it comes from stays with it. */
export function partOfUnread({ graph }: Walk, whole: Value, part: Value): Value {
  const source = graph.unread.get(whole.elements ?? whole.constant ?? whole) ?? 0;
  return source === 0 ? part : atNode(part, graph.join([part.node, whole.node, source]));
}
