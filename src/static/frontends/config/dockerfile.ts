import type { Fragment, HandedVariable, Setting, Span } from '../../../model/program.ts';
import { fragmentsOfWords } from './command-fragments.ts';
import { variablesOfEnv } from './handed-variables.ts';
import { readJson } from './json.ts';
import type { Reading } from './makefile.ts';

const INSTRUCTION = /^[\t ]*(ONBUILD[\t ]+)?([A-Za-z]+)(?:[\t ]+|$)/u;
const RUNS = /^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/u;
/** Options of `RUN` and `HEALTHCHECK`, and the word before a health check's command. */
const OPTIONS = /^(?:--[\w-]+(?:=\S*)?(?:[\t ]|\\\n)+)*(?:CMD[\t ]+)?/iu;
/** So many variables are followed. */
const MAX_VARIABLES = 200;
const HEREDOC = /<<-?[\t ]*(["']?)([A-Za-z_]\w*)\1/gu;

/**
 * Reads a Dockerfile: `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK` are shell code, as text or as a JSON list of words, over continued
 * lines and here-documents; every other instruction is a setting under its name (`FROM`, `ENV`, `ADD`, `USER`).
 */
export function readDockerfile(text: string): Reading {
  const settings: Setting[] = [];
  const fragments: Fragment[] = [];
  const variables: HandedVariable[] = [];
  const containers = new ContainerCommands();
  const lines = text.split('\n').map((line) => line.replace(/\r$/u, ''));
  const starts: number[] = [];
  for (let at = 0, index = 0; index < lines.length; index++) {
    starts.push(at);
    at = text.indexOf('\n', at) + 1;
  }
  const lastLineOf = new Map(lines.map((line, index) => [line.replace(/^\t+/u, ''), index]));
  const escape = /^#[\t ]*escape[\t ]*=[\t ]*`/iu.test(lines[0] ?? '') ? '`' : '\\';
  const continues = (line: string): boolean => line.trimEnd().endsWith(escape);

  for (let index = 0; index < lines.length; index++) {
    const instruction = INSTRUCTION.exec(lines[index]!);
    if (instruction === null) continue;
    const first = index;
    const taken = [lines[index]!.slice(instruction[0].length)];
    while (continues(taken.at(-1)!) && index + 1 < lines.length) {
      index++;
      // Comments and empty lines between continued lines are not part of the command.
      taken.push(/^[\t ]*(?:#.*)?$/u.test(lines[index]!) ? escape : lines[index]!);
    }
    for (const [, , terminator] of taken.join('\n').matchAll(HEREDOC)) {
      // Without its end it is no here-document but text that looks like one.
      if ((lastLineOf.get(terminator!) ?? -1) <= index) continue;
      do taken.push(lines[++index]!);
      while (lines[index]!.replace(/^\t+/u, '') !== terminator);
    }
    const name = instruction[2]!.toUpperCase();
    const start = starts[first]! + instruction[0].length;
    const end = starts[index]! + lines[index]!.length;
    const body = taken.join('\n');
    if (!RUNS.test(name)) {
      const value = body
        .replace(/[\\`][\t ]*\n/gu, ' ')
        .replace(/[\t ]+/gu, ' ')
        .trim();
      settings.push({ path: [name], value, span: { start, end } });
      if (name === 'ENV' && variables.length < MAX_VARIABLES) variables.push(...variablesOfEnv(value));
      if (name === 'FROM') fragments.push(...containers.ended());
      continue;
    }
    const options = OPTIONS.exec(body)?.[0].length ?? 0;
    const command = body.slice(options);
    const words = execForm(command);
    if (words !== null) {
      const span = { start: start + options, end };
      fragments.push(...fragmentsOfWords(words, 'build', span));
      containers.note(name, words, span);
    } else if (command.trim() !== '') {
      fragments.push({
        language: 'shell',
        text: withoutOpening(command),
        role: 'build',
        layer: null,
        origin: { kind: 'lines', line: first + 1, column: instruction[0].length + options + 1 },
      });
    }
  }
  fragments.push(...containers.ended());
  const handed = variables.length === 0 ? {} : { variables };
  return { settings, fragments: fragments.map((fragment) => ({ ...fragment, ...handed })) };
}

/** What a container is started with: the words of `CMD` come after those of `ENTRYPOINT`, in whatever order they stand. */
class ContainerCommands {
  #entryPoint: { readonly words: readonly string[]; readonly span: Span } | null = null;
  #given: readonly string[] = [];

  note(instruction: string, words: readonly string[], span: Span): void {
    if (instruction === 'ENTRYPOINT') this.#entryPoint = { words, span };
    else if (instruction === 'CMD') this.#given = words;
  }

  /** The whole command of the image that ends here, when both give a part of it and it may start a file. */
  ended(): readonly Fragment[] {
    const entryPoint = this.#entryPoint;
    const given = this.#given;
    this.#entryPoint = null;
    this.#given = [];
    if (entryPoint === null || given.length === 0) return [];
    if (!entryPoint.words.some((word) => /[./]/u.test(word))) return [];
    return fragmentsOfWords([...entryPoint.words, ...given], 'build', entryPoint.span);
  }
}

/** `["curl", "-o", "x"]`; null when it is not a list of texts, which makes it a text for the shell. */
function execForm(command: string): string[] | null {
  if (!command.trimStart().startsWith('[')) return null;
  const { root, problem } = readJson(command.replace(/\\[\t ]*\n/gu, ' '), false);
  if (problem !== null || root.kind !== 'list') return null;
  const words = root.items.map((item) => (item.kind === 'scalar' ? item.value : null));
  return words.every((word) => typeof word === 'string') ? words : null;
}

/** `RUN <<EOF` runs the document itself; in every other place the shell reads it. */
function withoutOpening(command: string): string {
  const opening = /^<<-?[\t ]*(["']?)([A-Za-z_]\w*)\1[\t ]*\n/u.exec(command);
  if (opening === null) return command;
  const lines = command.slice(opening[0].length).split('\n');
  if (lines.at(-1)?.trim() === opening[2]) lines.pop();
  return `\n${lines.join('\n')}`;
}
