import type { Span } from '../../../model/program.ts';
import { ANY_SITE } from '../flow-graph.ts';
import type { Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { readFile } from './redirections.ts';

const DESCRIPTOR = /^fd(\d{1,3})$/;

/** What an open file is kept under, which no file of a target is called. */
function pathOf(number: string): string {
  return `/dev/fd/${number}`;
}

/**
 * `exec 3< file`: what the file holds, or a command prints, is read from descriptor 3 from then on, which is a file of its own.
 * @param name of the redirection: `fd3`
 */
export function openDescriptor(walk: Walk, name: string, given: Value, isPath: boolean, span: Span): void {
  const number = DESCRIPTOR.exec(name)?.[1];
  if (number === undefined || walk.quiet > 0) return;
  const held = isPath ? readFile(walk, given, span) : given;
  if (held.node !== 0) walk.graph.connect(held.node, walk.graph.fileNode(pathOf(number)), ANY_SITE);
}
