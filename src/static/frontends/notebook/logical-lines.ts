const TOKEN = /"""|'''|["'\n#\\()[\]{}]/gu;

/**
 * For each line of Python-like code: does a statement begin there? Not inside brackets, not inside a string of three quotes, not after
 * a backslash. IPython looks for its own syntax only there. Linear.
 * @param isForeign true for a line that is no Python, so that its brackets and quotes mean nothing
 */
export function statementLines(code: string, isForeign: (line: string) => boolean): boolean[] {
  const begins: boolean[] = [];
  let depth = 0;
  /** Begins a line at an offset; what is foreign is passed over. */
  const beginLine = (at: number): void => {
    begins.push(depth === 0);
    const end = code.indexOf('\n', at);
    const line = code.slice(at, end === -1 ? code.length : end);
    if (depth !== 0 || !isForeign(line)) {
      TOKEN.lastIndex = at;
    } else {
      TOKEN.lastIndex = at + line.length - (line.endsWith('\\') ? 1 : 0);
    }
  };
  beginLine(0);
  for (let token = TOKEN.exec(code); token !== null; token = TOKEN.exec(code)) {
    const [mark] = token;
    if (mark === '\n') {
      beginLine(token.index + 1);
    } else if (mark === '#') {
      const end = code.indexOf('\n', token.index);
      TOKEN.lastIndex = end === -1 ? code.length : end;
    } else if (mark === '\\') {
      const isContinued = code[token.index + 1] === '\n';
      if (isContinued) begins.push(false);
      TOKEN.lastIndex = token.index + 2;
    } else if ('([{'.includes(mark)) {
      depth++;
    } else if (')]}'.includes(mark)) {
      depth = Math.max(0, depth - 1);
    } else {
      const end = endOfString(code, token.index + mark.length, mark);
      for (let at = code.indexOf('\n', token.index); at !== -1 && at < end; at = code.indexOf('\n', at + 1)) {
        begins.push(false);
      }
      TOKEN.lastIndex = end;
    }
  }
  return begins;
}

/** The offset behind the closing quotes; a string of one quote ends with its line at the latest. */
function endOfString(code: string, from: number, quotes: string): number {
  const stop = quotes.length === 3 ? new RegExp(`\\\\[^]|${quotes}`, 'gu') : /\\[^]|["'\n]/gu;
  stop.lastIndex = from;
  for (let found = stop.exec(code); found !== null; found = stop.exec(code)) {
    if (found[0] === '\n') return found.index;
    if (found[0] === quotes) return stop.lastIndex;
  }
  return code.length;
}
