import type { Span } from '../../../model/program.ts';
import { plain } from '../../fold/constant.ts';
import { callFact } from '../calls/apply-api.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { constantValue, knownText, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';
import { queueInnerCode } from '../texts/inner-code.ts';
import { runWritten } from './downloads.ts';

/** Variables whose value other programs run as a command of the shell; bash runs the first before each prompt. */
const HOLDING_COMMANDS =
  /^(?:PROMPT_COMMAND|PS[0124]|GIT_(?:SSH_COMMAND|PAGER|EDITOR|SEQUENCE_EDITOR|EXTERNAL_DIFF|ASKPASS|PROXY_COMMAND)|PAGER|MANPAGER|EDITOR|VISUAL|BROWSER|LESSOPEN|LESSCLOSE|SUDO_ASKPASS|SSH_ASKPASS|RSYNC_RSH|FZF_DEFAULT_COMMAND)$/;
/** Variables that name a file which an interpreter runs before anything else: the whole value. */
const NAMING: ReadonlySet<string> = new Set(['BASH_ENV', 'ENV', 'PYTHONSTARTUP', 'RUBYOPT', 'NODE_OPTIONS']);
/** The file in a variable of options. */
const IN_OPTIONS = /(?:^|\s)(?:-r|--require|--import)[\s=]?\s{0,3}([^\s-]\S{0,300})/;

/** A variable is set that has an interpreter run a file when it starts: `BASH_ENV=/tmp/x bash -c true`. */
function noteStartUpFile(walk: Walk, variable: string, value: Value, span: Span): void {
  if (walk.quiet > 0 || !NAMING.has(variable)) return;
  const call = callFact(walk, `${variable}=`, null, { ...NO_ARGUMENTS, positional: [value] }, span, 'shell');
  const text = knownText(value);
  const path = text === null ? undefined : (IN_OPTIONS.exec(text)?.[1] ?? text);
  if (path !== undefined) runWritten(walk, constantValue(plain(path)), call);
  // `BASH_ENV=<(curl …)`
  walk.graph.addSink(value.node, { label: 'code', call });
}

/** A variable of the shell is set that other programs act on: they run what it holds, or the file that it names. */
export function noteActingVariable(walk: Walk, variable: string, value: Value, span: Span): void {
  if (HOLDING_COMMANDS.test(variable)) queueInnerCode(walk, 'shell', value, span, 0);
  noteStartUpFile(walk, variable, value, span);
}
