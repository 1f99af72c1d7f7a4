import type { Span } from '../../../model/program.ts';
import { textOf } from '../../fold/constant.ts';
import { callFact } from '../calls/apply-api.ts';
import { NO_ARGUMENTS } from '../calls/arguments.ts';
import { atNode, type Value } from '../values/value.ts';
import type { Walk } from '../walk/walk.ts';

/** Longer texts are no command lines (UTF-16 units). */
const MAX_LENGTH = 4_096;
const MIN_LENGTH = 12;

/** Without one of these words a text is none of the commands below. */
const HINT =
  /curl|wget|\/dev\/(?:tcp|udp)\/|\bnc(?:at)?\s|\biex\b|invoke-expression|base64|urlopen|requests\.get|urlretrieve/i;
const FETCHING = /\b(?:curl|wget)\b/;

const SHELL = '(?:\\S{0,60}/)?(?:ba|z|da|k|a)?sh';
/** Downloads a script and runs it. */
const DOWNLOADS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:curl|wget)\\b[^\\n]{0,400}\\|\\s{0,9}(?:sudo\\s(?:-\\S{1,20}\\s){0,4})?(?:${SHELL}|python[\\d.]{0,4}|perl|ruby|node)\\b`,
  ),
  new RegExp(`\\b${SHELL}\\s[^\\n|]{0,40}(?:<\\(|\\$\\(|\`)\\s{0,9}(?:curl|wget)\\b`),
  /\b(?:curl|wget)\b[^\n]{0,400}(?:&&|;)\s{0,9}(?:chmod\s[^\n]{0,60}(?:&&|;)\s{0,9})?(?:(?:ba)?sh\s|\.\/|\/tmp\/)\S/,
  /\b(?:iex|invoke-expression)\b[^\n]{0,200}(?:downloadstring|\biwr\b|\birm\b|invoke-(?:webrequest|restmethod))/i,
  /(?:downloadstring|\biwr\b|\birm\b|invoke-(?:webrequest|restmethod))[^\n]{0,200}\|\s{0,9}(?:iex|invoke-expression)\b/i,
  /\b(?:exec|eval)\s{0,3}\([^\n]{0,200}(?:urlopen|requests\.get|urlretrieve)\s{0,3}\(/,
];
/** Opens a shell to another machine, runs what it hides, or sends a private file. */
const OTHERS: readonly RegExp[] = [
  /\/dev\/(?:tcp|udp)\/[\w.$}{-]{1,80}\/[\d$]/,
  /\bnc(?:at)?\s(?:[^\n|;]{0,60}\s)?-\w{0,4}[ec]\s{0,3}\S{0,30}sh\b/,
  new RegExp(`\\bbase64\\s{1,3}(?:-d|-D|--decode)\\b[^\\n]{0,60}\\|\\s{0,9}${SHELL}\\b`),
  /\b(?:curl|wget|nc|scp|rsync)\s[^\n]{0,300}(?:~|\$HOME|\$\{HOME\})\/\.(?:ssh\/id_|aws\/credentials|netrc|gnupg|kube\/config|git-credentials|docker\/config)/,
  /(?:~|\$HOME|\$\{HOME\})\/\.(?:ssh\/id_|aws\/credentials|netrc|gnupg|kube\/config|git-credentials|docker\/config)[^\n]{0,200}\|[^\n]{0,60}\b(?:curl|wget|nc)\s/,
];

/** Commands of which some do harm: what they do is looked at where they arrive. */
const TELLING =
  /\b(?:curl|wget|nc|ncat|socat|scp|rsync|s?ftp|telnet|s_client|iex|invoke-\w{3,20}|base64|crontab|authorized_keys|launchctl|schtasks|mkfs|shred|urlopen|urlretrieve|requests\.\w{3,5}|(?:python3?|perl|node|ruby|php|bash|sh)\s{1,3}-\w{0,4}[cer])\b|\/dev\/(?:tcp|udp)\/|(?:~|\$HOME|\$\{HOME\})\/\.\w|\brm\s{1,3}-\w{0,4}[rf]/i;
/** So many of them are followed in files that are looked at together. */
const MAX_CARRIED = 2_000;

/** True for a text that may be a command, or code, which does harm where it is run. */
export function isTelling(text: string): boolean {
  return text.length >= MIN_LENGTH && text.length <= MAX_LENGTH && /\s/.test(text) && TELLING.test(text);
}

/** Pieces of a line that is no setting of a known kind: what stands behind a name or a mark, between tags, or in a cell. */
export function piecesOf(line: string): readonly string[] {
  const cells = [...line.matchAll(/"((?:[^"]|"")*)"|([^,\t]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
  const behind = /^\s*[\w.-]{1,80}\s*[=:]\s*["']?(.*?)["']?\s*$/.exec(line)?.[1] ?? '';
  const tagged = [...line.matchAll(/>([^<>]+)</g)].map(([, text]) => text ?? '');
  const shown = /^\s*(?:[$>#*-]\s+)+(.*)$/.exec(line)?.[1] ?? '';
  const behindShown = /^[\w .-]{1,80}:\s+(.*)$/.exec(shown)?.[1] ?? '';
  return [...new Set([line, behind, shown, behindShown, ...cells, ...tagged])].filter(isTelling);
}

/** True for a text in which such a command may stand somewhere. */
export function mayCarry(text: string): boolean {
  return TELLING.test(text);
}

const HOST = /https?:\/\/([\w.-]{1,253})/g;

/** True for a command line, or a line of code, that does on its own what nobody should run unseen. */
function isHarmful({ gathering }: Walk, text: string): boolean {
  if (OTHERS.some((pattern) => pattern.test(text))) return true;
  if (!DOWNLOADS.some((pattern) => pattern.test(text))) return false;
  const { classes } = gathering.knowledge;
  const hosts = [...text.matchAll(HOST)].map(([, host]) => host ?? '');
  return (
    (hosts.length > 0 || FETCHING.test(text)) &&
    !(hosts.length > 0 && hosts.every((host) => classes.belongs('installer-host', host)))
  );
}

/**
 * The text of a command that may do harm, at a node of its own, so that it is followed wherever the program carries it: through an
 * exception, a docstring, a table of settings. Any other value stays as it is.
 */
export function carried(walk: Walk, value: Value, span: Span): Value {
  if (walk.quiet > 0) return value;
  const text = textOf(value.constant);
  if (text === null || !isTelling(text)) return value;
  const { graph } = walk;
  if (graph.carriedTexts.has(value.node)) return value;
  if (graph.carriedTexts.size >= MAX_CARRIED) {
    walk.gathering.miss({ reason: 'more texts of commands than are followed', blocking: true });
    return value;
  }
  const node = graph.newNode();
  if (node === 0) return value;
  graph.connect(value.node, node);
  graph.carriedTexts.set(node, text);
  // In a shell any word may be a command; what it runs is found by what it pipes.
  const isWord = walk.language === 'shell' || walk.language === 'powershell';
  if (!isWord && HINT.test(text) && isHarmful(walk, text)) {
    graph.commands.add(node);
    graph.sources.push({ node, label: 'command', call: callFact(walk, 'text', null, NO_ARGUMENTS, span) });
  }
  return atNode(value, node);
}
