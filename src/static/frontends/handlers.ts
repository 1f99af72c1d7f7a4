/** Handlers by the grammar's number of the node type that they are for, from tables by its name. */
export function handlersByKind<H>(
  grammar: { kindOf(nodeType: string): number },
  ...tables: readonly Readonly<Record<string, H>>[]
): H[] {
  const handlers: H[] = [];
  for (const [nodeType, handler] of tables.flatMap((table) => Object.entries(table))) {
    handlers[grammar.kindOf(nodeType)] = handler;
  }
  return handlers;
}
