import { commandOf } from '../../evidence/detail.ts';
import { knownText, UNKNOWN, type Value } from '../values/value.ts';

/** Commands that run the command given to them, and how many operands of their own come first. */
const WRAPPERS: ReadonlyMap<string, number> = new Map([
  ['sudo', 0],
  ['doas', 0],
  ['env', 0],
  ['nohup', 0],
  ['exec', 0],
  ['command', 0],
  ['builtin', 0],
  ['time', 0],
  ['nice', 0],
  ['ionice', 0],
  ['setsid', 0],
  ['stdbuf', 0],
  ['xargs', 0],
  ['timeout', 1],
  ['unbuffer', 0],
  ['busybox', 0],
  ['toybox', 0],
  ['parallel', 0],
  ['chroot', 1],
  ['strace', 0],
  ['caffeinate', 0],
  ['unshare', 0],
  ['fakeroot', 0],
  ['xvfb-run', 0],
  ['dbus-run-session', 0],
  ['systemd-run', 0],
  ['flatpak-spawn', 0],
  ['setpriv', 0],
  ['ltrace', 0],
  ['ssh-agent', 0],
  ['torsocks', 0],
  ['torify', 0],
  ['proxychains', 0],
  ['proxychains4', 0],
  ['taskset', 1],
  ['chrt', 1],
  ['setarch', 1],
  ['screen', 0],
]);

/** No option takes a value. */
const NONE = /^(?!)/;

/** Where a command stands that is given as one text: behind an option, or as an operand among options of which some take a value. */
type TextPlace = { readonly option: RegExp } | { readonly operand: number; readonly withValue: RegExp };

/** Commands that run a command given as one text. */
const RUNNERS: ReadonlyMap<string, TextPlace> = new Map(
  Object.entries<TextPlace>({
    trap: { operand: 0, withValue: NONE },
    watch: { operand: 0, withValue: /^-[a-z]{0,6}[nq]$/ },
    su: { option: /^(?:-[a-z]*c|--command)$/ },
    runuser: { option: /^(?:-[a-z]*c|--command)$/ },
    script: { option: /^-[a-z]*c$/ },
    flock: { option: /^-c$/ },
    tmux: { operand: 1, withValue: /^-[A-Za-z]{0,6}[ntscxyFfLS]$/ },
  }),
);

/** Others that run what they are given, each in a way of its own or elsewhere. */
const OTHERS = /^(?:ssh|docker|podman|kubectl|nsenter|g?awk|find|make|wsl)$/;

/** Where a command takes another one as one text; null when it takes none. */
export function runnerOf(command: string): TextPlace | null {
  return RUNNERS.get(command) ?? null;
}

/** True for a program that runs what it is given. @param path of the program, with or without its folder */
export function runsItsWords(path: string): boolean {
  const command = path.slice(path.lastIndexOf('/') + 1).replace(/\.exe$/, '');
  return WRAPPERS.has(command) || RUNNERS.has(command) || OTHERS.test(command);
}

/** Options of wrappers that take a value of their own. */
const WRAPPER_OPTIONS = /^-(?:u|g|n|I|P|L|s|k|C|p|c|S)$/;
/** Those of wrappers where the same letters mean something else: `sudo -n` asks for no password, `sudo -S` reads it, and neither takes a word. */
const OWN_OPTIONS: ReadonlyMap<string, RegExp> = new Map([
  [
    'sudo',
    /^(?:-[ugpChrtTUDR]|--(?:user|group|prompt|chdir|chroot|host|role|type|other-user|close-from|command-timeout))$/,
  ],
  ['doas', /^-[uC]$/],
  ['env', /^(?:-[uCS]|--(?:unset|chdir|split-string))$/],
  ['nohup', NONE],
  ['setsid', NONE],
  ['command', NONE],
  ['builtin', NONE],
  ['exec', /^-a$/],
  ['time', /^-[fo]$/],
  ['timeout', /^-[sk]$/],
  ['stdbuf', /^-[ioe]$/],
  // `-dmS name`: the last letter of a group takes it.
  ['screen', /^-[a-zA-Z]{0,6}[StTcehps]$/],
]);

/** Modules of Python that are the commands of their names. */
const MODULE_COMMANDS = /^(?:pip3?|pipx|uv|virtualenv|twine)$/;
/** So many options of the interpreter may stand before `-m`. */
const MAX_INTERPRETER_OPTIONS = 6;

/** `python3 -m pip install x` is `pip install x`; null for words that start no such module. */
function commandOfModule(words: readonly Value[]): readonly Value[] | null {
  const [first] = words;
  const name = commandOf(knownText(first ?? UNKNOWN) ?? '');
  if (!/^(?:python|pypy)[\d.]{0,5}$|^py$/.test(name) && first?.name !== 'sys.executable') return null;
  const texts = words.slice(1, 2 + MAX_INTERPRETER_OPTIONS).map((word) => knownText(word) ?? '');
  const at = texts.findIndex((text) => !/^-(?!m$)/.test(text));
  return texts[at] === '-m' && MODULE_COMMANDS.test(texts[at + 1] ?? '') ? words.slice(at + 2) : null;
}

/** `command -v curl` asks where a command is, and runs nothing. */
function isQuestion(name: string, words: readonly Value[]): boolean {
  return name === 'command' && /^-p?[vV]$/.test(knownText(words[1] ?? UNKNOWN) ?? '');
}

/** Takes wrappers (`sudo`, `env A=1`, `timeout 5`, `python3 -m`) off a command line. */
export function unwrap(words: readonly Value[]): readonly Value[] {
  let rest = words;
  for (let turn = 0; turn < 8; turn++) {
    rest = commandOfModule(rest) ?? rest;
    const name = commandOf(knownText(rest[0] ?? UNKNOWN) ?? '');
    const operands = WRAPPERS.get(name);
    if (operands === undefined || rest.length < 2 || isQuestion(name, rest)) return rest;
    let at = 1;
    let left = operands;
    const options = OWN_OPTIONS.get(name) ?? WRAPPER_OPTIONS;
    for (; at < rest.length; at++) {
      const text = knownText(rest[at] ?? UNKNOWN) ?? '';
      if (options.test(text)) at++;
      else if (text.startsWith('-') || /^[A-Za-z_]\w*=/.test(text)) continue;
      else if (left > 0) left--;
      else break;
    }
    if (at >= rest.length) return rest;
    rest = rest.slice(at);
  }
  return rest;
}
