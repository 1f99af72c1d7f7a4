import type ts from 'typescript';
import type { TypeScript } from './typescript-parts.ts';

/**
 * The parser is recursive, and how deep it gets before the stack ends depends on what the engine has optimised so far: between 500 and
 * 1,000 levels of brackets. Below these bounds it always succeeds; above them a text counts as not parsed even where it was, so that two
 * runs say the same.
 */
const MAXIMUM_BRACKETS = 400;
/** Levels without brackets (`!!!x`, `a ? b : c ? d : e`, `if (x) if (y)`) take a fifth of the stack. */
const MAXIMUM_LEVELS = 1_500;

/**
 * The parser tries what follows `async (` as parameters first and as arguments then, and does so again for each `async (` inside: its time
 * doubles with every one. Nobody nests parameter lists of asynchronous functions in each other.
 */
const MAXIMUM_ASYNC_LISTS = 8;

/** True when the lists of so many `async (` are open at one place that the parser takes seconds. Linear. */
export function hasTooManyAsyncLists(text: string): boolean {
  if (!text.includes('async')) return false;
  /** By open parenthesis: it follows `async`. */
  const open: boolean[] = [];
  let lists = 0;
  for (const [found] of text.matchAll(/\basync\s{0,80}\(|[()]/g)) {
    if (found === ')') {
      if (open.pop() === true) lists--;
    } else {
      const isList = found !== '(';
      open.push(isList);
      if (isList && ++lists > MAXIMUM_ASYNC_LISTS) return true;
    }
  }
  return false;
}

/** True when more brackets are open at one place than the parser surely survives. Linear; counts those in texts and comments too. */
export function hasTooManyBrackets(text: string): boolean {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // `(`, `[`, `{` open; `)`, `]`, `}` close.
    if (code === 0x28 || code === 0x5b || code === 0x7b) {
      if (++open > MAXIMUM_BRACKETS) return true;
    } else if ((code === 0x29 || code === 0x5d || code === 0x7d) && open > 0) open--;
  }
  return false;
}

/** True when a tree is deeper than the parser surely survives. Sums and member chains, which it reads in a loop, are no levels. */
export function isTooDeepTree(typescript: TypeScript, file: ts.SourceFile): boolean {
  const pending: { readonly node: ts.Node; readonly level: number }[] = [{ node: file, level: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, level } = next;
    if (level > MAXIMUM_LEVELS) return true;
    let isFirst = true;
    typescript.forEachChild(node, (child) => {
      const isLoop =
        isFirst && (typescript.isBinaryExpression(node) || typescript.isLeftHandSideExpression(node));
      isFirst = false;
      pending.push({ node: child, level: isLoop ? level : level + 1 });
    });
  }
  return false;
}
