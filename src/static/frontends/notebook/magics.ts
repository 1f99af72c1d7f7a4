import type { Fragment, Language } from '../../../model/program.ts';
import { statementLines } from './logical-lines.ts';

/** Cell magics (`%%name`) whose cell is not Python. What is missing here is read as Python: it may run the cell as such. */
const CELL_LANGUAGES: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    '!': 'shell',
    bash: 'shell',
    sh: 'shell',
    sx: 'shell',
    system: 'shell',
    javascript: 'javascript',
    js: 'javascript',
    markdown: 'markdown',
    html: 'text',
    latex: 'text',
    perl: 'text',
    ruby: 'text',
    svg: 'text',
    sql: 'text',
    bigquery: 'text',
    r: 'text',
  }),
);

const LANGUAGE_OF_EXTENSION: ReadonlyMap<string, Language> = new Map(
  Object.entries<Language>({
    py: 'python',
    sh: 'shell',
    bash: 'shell',
    js: 'javascript',
    mjs: 'javascript',
    ts: 'typescript',
    md: 'markdown',
    json: 'json',
    yaml: 'yaml',
    yml: 'yaml',
    toml: 'toml',
  }),
);

const INTERPRETERS: readonly (readonly [RegExp, Language])[] = [
  [/(?:^|\/)(?:ba|z|da|k)?sh$/u, 'shell'],
  [/(?:^|\/)python[\d.]*$/u, 'python'],
  [/(?:^|\/)node$/u, 'javascript'],
];

/** A statement whose value comes from a command: `files = !ls`, `out, err = %sx make`. */
const FROM_COMMAND = /^([\t ]*[\w.,\t ()[\]'"*]+=[\t ]*)(!|%(?:sx|system)\b[\t ]*|%)(.*)$/su;
/** A line that is a command or a magic. */
const COMMAND = /^([\t ]*)(!!?|%{1,2}(?=[A-Za-z]))(.*)$/su;
/** What IPython's automatic magics let one type without the `%`. */
const BARE_INSTALL = /^([\t ]*)()((?:pip3?|conda|mamba|uv)[\t ]+(?:install|uninstall|download|pip)\b.*)$/su;
const HELP = /^[\t ]*\??\??[\w.*]+\?{1,2}[\t ]*$|^[\t ]*\?{1,2}[\w.*]+[\t ]*$/u;

/** Line magics that hand the rest of the line to a shell, as it is or behind a command's name. */
const SHELL_MAGICS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    sx: '',
    system: '',
    sc: '',
    pip: 'pip',
    pip3: 'pip3',
    conda: 'conda',
    mamba: 'mamba',
    micromamba: 'micromamba',
    uv: 'uv',
    run: 'python',
  }),
);
/** Line magics that run the rest of the line as Python. */
const PYTHON_MAGICS = /^(?:time|timeit|prun|memit|lprun|mprun|debug|capture)$/u;

/**
 * The code of one cell in the language of its kernel, as fragments: the cell itself, and apart from it what IPython hands to a shell.
 * Those parts are blanked out of the Python text, which keeps its length and lines.
 * @param layer as in {@link Fragment.layer}
 */
export function fragmentsOfCell(code: string, kernel: Language, layer: string): Fragment[] {
  const fragment = (language: Language, text: string, line: number, column: number): Fragment => ({
    language,
    text,
    role: 'cell',
    layer,
    origin: { kind: 'lines', line, column },
  });
  if (kernel !== 'python') return code.trim() === '' ? [] : [fragment(kernel, code, 1, 1)];

  const magic = /^(\s*)%%(!|[A-Za-z][\w.]*)([^\n]*)(?:\n|$)/u.exec(code);
  const language = magic === null ? 'python' : cellLanguage(magic[2]!.toLowerCase(), magic[3]!.trim());
  const skipped = magic?.[0].length ?? 0;
  const skippedLines = code.slice(0, skipped).split('\n').length - 1;
  const body = code.slice(skipped);
  if (language !== 'python') {
    return body.trim() === '' ? [] : [fragment(language, body, skippedLines + 1, 1)];
  }

  const split: Fragment[] = [];
  const begins = statementLines(body, (line) => foreignPart(line) !== null);
  const lines = body.split('\n');
  for (let index = 0; index < lines.length; index++) {
    if (begins[index] !== true) continue;
    const first = index;
    let whole = lines[index]!;
    const found = foreignPart(whole);
    if (found === null) {
      if (HELP.test(whole)) lines[index] = ' '.repeat(whole.length);
      continue;
    }
    while (whole.endsWith('\\') && index + 1 < lines.length) {
      index++;
      whole += `\n${lines[index]!}`;
    }
    const [before, mark] = [found[1]!, found[2]!];
    const rest = whole.slice(before.length + mark.length);
    const column = before.length + mark.length + 1;
    const line = skippedLines + first + 1;
    if (mark.startsWith('%') && !/^%(?:sx|system)/u.test(mark)) {
      const [, name, argument] = /^([\w.]*)[\t ]*(.*)$/su.exec(rest)!;
      const prefix = SHELL_MAGICS.get(name!);
      const at = column + rest.length - argument!.length;
      if (prefix !== undefined) {
        split.push(fragment('shell', prefix === '' ? argument! : `${prefix} ${argument!}`, line, at));
      } else if (PYTHON_MAGICS.test(name!) && argument !== '') {
        split.push(fragment('python', argument!, line, at));
      }
    } else if (rest.trim() !== '') {
      split.push(fragment('shell', rest, line, column));
    }
    // A list stands in for the lines that the command would have given, a number for the only line of a block.
    const value = /=[\t ]*$/u.test(before) ? `${before}[]` : /^[\t ]+$/u.test(before) ? `${before}0` : '';
    lines[first] = value.padEnd(lines[first]!.length).slice(0, Math.max(lines[first]!.length, value.length));
    for (let blank = first + 1; blank <= index; blank++) lines[blank] = ' '.repeat(lines[blank]!.length);
  }
  const python = lines.join('\n');
  const own = python.trim() === '' ? [] : [fragment('python', python, skippedLines + 1, 1)];
  return [...own, ...split];
}

/** What of a line is IPython's: what stands before it, its mark, and the rest; null for a line of Python. */
function foreignPart(line: string): RegExpExecArray | null {
  return FROM_COMMAND.exec(line) ?? COMMAND.exec(line) ?? BARE_INSTALL.exec(line);
}

function cellLanguage(name: string, argument: string): Language {
  if (name === 'script') {
    const program = argument.split(/\s+/u).find((word) => !word.startsWith('-') && word !== 'env') ?? '';
    return INTERPRETERS.find(([pattern]) => pattern.test(program))?.[1] ?? 'text';
  }
  if (name === 'writefile' || name === 'file') {
    const extension = /\.(\w+)["']?$/u.exec(argument)?.[1] ?? '';
    return LANGUAGE_OF_EXTENSION.get(extension.toLowerCase()) ?? 'text';
  }
  return CELL_LANGUAGES.get(name) ?? 'python';
}
