import type { ArgumentNode, Expression } from '../../../model/program.ts';
import type { Lowering } from './lowering.ts';
import { lowerHereDocument } from './words.ts';

/** What the redirections of a command amount to. */
export interface Redirections {
  /** `stdin`, `stdout`, `stdout-append`, `stderr`, `stderr-append`, `fd3`, … with file or text. */
  readonly args: ArgumentNode[];
  /** Words that the grammar counts among the targets although they are arguments: `cmd > file word`. */
  readonly words: ArgumentNode[];
  /** A pipe or list that the grammar hangs under a here-document: `cat << E | sh`. Rows of statements. */
  readonly pipedInto: number[];
  readonly afterwards: number[];
}

/** No redirections yet. */
export function noRedirections(): Redirections {
  return { args: [], words: [], pipedInto: [], afterwards: [] };
}

const STREAMS: Readonly<Record<string, string>> = { '0': 'stdin', '1': 'stdout', '2': 'stderr' };

/** Adds one redirection row to what was found. @param next offset of whatever follows, to tell `0>&1` from the word `0` */
export function addRedirection(lowering: Lowering, row: number, next: number, found: Redirections): void {
  const { kinds } = lowering;
  const kind = lowering.kind(row);
  if (kind === kinds.heredoc_redirect) {
    addHereDocument(lowering, row, found);
  } else if (kind === kinds.herestring_redirect) {
    const text = lowering.last(row);
    if (text >= 0) {
      found.args.push({ name: 'stdin', value: lowering.expression(text) });
    }
  } else if (kind === kinds.file_redirect) {
    addFile(lowering, row, next, found);
  }
}

function addFile(lowering: Lowering, row: number, next: number, found: Redirections): void {
  const { kinds, table } = lowering;
  let descriptor: string | null = null;
  let operator = '';
  const words: number[] = [];
  for (const child of lowering.children(row)) {
    const kind = lowering.kind(child);
    if (kind === kinds.file_descriptor) {
      descriptor = lowering.text(child);
    } else if (kind === kinds.ERROR) {
      // `<>` opens for reading and writing; the grammar knows only its second half.
      continue;
    } else if (lowering.isExpression(child)) {
      words.push(child);
    } else {
      operator = lowering.nodeType(child);
    }
  }
  const [target, ...more] = words;
  if (target === undefined) {
    return;
  }
  const value = lowering.expression(target);
  // `2>&1` and `>&-` join or close streams: no file.
  const isJoin =
    operator.includes('&') && !operator.startsWith('&') && /^(?:\d+-?|-)$/.test(lowering.text(target));
  if (!isJoin) {
    found.args.push({ name: streamName(operator, descriptor), value });
  }
  for (const word of more) {
    const isNextDescriptor = lowering.kind(word) === kinds.number && table.ends[word] === next;
    if (!isNextDescriptor) {
      found.words.push({ name: null, value: lowering.expression(word) });
    }
  }
}

function streamName(operator: string, descriptor: string | null): string {
  if (operator.startsWith('<')) {
    return descriptor === null ? 'stdin' : (STREAMS[descriptor] ?? `fd${descriptor}`);
  }
  const stream = descriptor === null ? 'stdout' : (STREAMS[descriptor] ?? `fd${descriptor}`);
  return operator.includes('>>') ? `${stream}-append` : stream;
}

function addHereDocument(lowering: Lowering, row: number, found: Redirections): void {
  const { kinds } = lowering;
  let delimiter = '';
  let stripsTabs = false;
  let body: Expression = { kind: 'literal', value: '', span: lowering.span(row) };
  let isPiped = false;
  let isList = false;
  const children = lowering.children(row);
  for (const child of children) {
    const kind = lowering.kind(child);
    if (kind === kinds.heredoc_start) {
      delimiter = lowering.text(child);
    } else if (kind === kinds.heredoc_body) {
      body = lowerHereDocument(lowering, child, /['"\\]/.test(delimiter), stripsTabs);
    } else if (kind === kinds.pipeline) {
      found.pipedInto.push(...lowering.children(child));
      isPiped = true;
    } else if (kind === kinds.file_redirect || kind === kinds.herestring_redirect) {
      addRedirection(lowering, child, -1, found);
    } else if (lowering.isStatement(child)) {
      (isPiped && !isList ? found.pipedInto : found.afterwards).push(child);
    } else if (lowering.isExpression(child) && kind !== kinds.heredoc_end && kind !== kinds.file_descriptor) {
      found.words.push({ name: null, value: lowering.expression(child) });
    } else {
      stripsTabs ||= lowering.nodeType(child) === '<<-';
      isList ||= lowering.nodeType(child) === '&&' || lowering.nodeType(child) === '||';
    }
  }
  found.args.push({ name: 'stdin', value: body });
}
