import { isSampled } from './samples.ts';

/** What a program reads a file from: `argv[1]`, `$1`, or a name without its case and separators; with the file's likely ending. */
export type FilesRead = ReadonlyMap<string, string>;

const SUBJECT = String.raw`((?:sys|process)\.argv\[\d\]|[A-Za-z_]\w{0,60}(?:\.[A-Za-z_]\w{0,60})?)`;
const WRAPPED = String.raw`(?:(?:pathlib\.)?Path\(|str\(|os\.path\.\w{1,20}\(|path\.resolve\(){0,3}`;

/** `open(path, "r")`, `pd.read_csv(args.table)`, `readFileSync(file)`: what is called, the subject, the rest of the line. */
const CALL = new RegExp(
  String.raw`\b(open|readFile(?:Sync)?|createReadStream|read_(?:csv|table|json|excel|text|parquet)|imread|convert_from_path|[A-Z]\w{0,20}Reader|load_?\w{0,20})\(\s{0,4}${WRAPPED}${SUBJECT}(?=([^\n]{0,60}))`,
  'g',
);
/** `path.read_text()`, `Path(sys.argv[1]).is_file()`. */
const METHOD = new RegExp(
  String.raw`${SUBJECT}\)?\.(?:read_text|read_bytes|is_file|open)\((?=([^\n]{0,60}))`,
  'g',
);
/** `path = Path(args.input)`, `const file = process.argv[2]`. */
const ALIAS = new RegExp(
  String.raw`\b([A-Za-z_]\w{0,60})\s{0,4}(?::\s{0,4}[\w.]{1,40}\s{0,4})?=\s{0,4}${WRAPPED}${SUBJECT}`,
  'g',
);
const DEFINED = /\b(?:def|function)\s{1,4}(\w{1,60})\(([^)]{0,400})\)/g;
const CALLED = /\b(\w{1,60})\(([^()]{0,400})\)/g;

const WHOLLY = new RegExp(String.raw`^\s{0,40}${SUBJECT}\s{0,40}$`);

const SHELL_ALIAS = /^[ \t]{0,40}(?:local )?(\w{1,60})="?\$\{?([1-9])/gm;
const SHELL_READ =
  /(?:\b(?:cat|head|tail|grep|source|jq|wc|sort|awk|sed)\b[^\n|;]{0,80}?|<|-[fr]) ?"?\$\{?(\w{1,60})/g;

const WRITES = /^\)?\s{0,4},?\s{0,4}(?:mode\s{0,4}=\s{0,4})?["'][wax]/;

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/csv/i, 'csv'],
  [/json/i, 'json'],
  [/ya?ml/i, 'yaml'],
  [/toml/i, 'toml'],
  [/pdf/i, 'pdf'],
  [/image|imread|\.png/i, 'png'],
  [/html|beautifulsoup/i, 'html'],
  [/etree|\bxml/i, 'xml'],
];

/** Rounds in which a name stands for another. */
const ROUNDS = 3;

/** Finds what a script opens or reads by the calls in its text; nothing is executed. */
export function filesRead(text: string): FilesRead {
  const found = new Map<string, string>();
  const note = (subject: string, around: string): void => {
    const key = keyOf(subject);
    if (!found.has(key)) found.set(key, ENDINGS.find(([pattern]) => pattern.test(around))?.[1] ?? 'txt');
  };
  for (const match of text.matchAll(CALL)) {
    const [, , subject = '', rest = ''] = match;
    if (!WRITES.test(rest)) note(subject, around(text, match));
  }
  for (const match of text.matchAll(METHOD)) {
    const [, subject = '', rest = ''] = match;
    if (!WRITES.test(rest)) note(subject, around(text, match));
  }
  if (/\$\{?[1-9]/.test(text)) {
    for (const match of text.matchAll(SHELL_READ)) note(`$${match[1]!}`, around(text, match));
    for (const [, name = '', place = ''] of text.matchAll(SHELL_ALIAS)) {
      const ending = found.get(`$${name}`.toLowerCase());
      if (ending !== undefined && !found.has(`$${place}`)) found.set(`$${place}`, ending);
    }
  }
  const aliases = [...aliasesIn(text), ...parametersIn(text)];
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, subject] of aliases) {
      const ending = found.get(keyOf(name));
      if (ending !== undefined && !found.has(keyOf(subject))) found.set(keyOf(subject), ending);
    }
  return found;
}

/** The key of an argument that a program defines by name. */
export function keyOf(subject: string): string {
  const place = /argv\[\d\]/.exec(subject)?.[0];
  if (place !== undefined) return place;
  if (subject.startsWith('$')) return subject.toLowerCase();
  const name = subject.slice(subject.lastIndexOf('.') + 1);
  return name.replace(/[_-]/g, '').toLowerCase();
}

/** The ending of a sample that a script might take: of what it reads, else one that its text names. */
export function likelyEnding(text: string): string {
  const read = [...filesRead(text).values()].find((ending) => ending !== 'txt');
  const named = [...text.matchAll(/\.([a-z]{2,5})\b["'`)]/g)].map(([, ending = '']) => ending);
  return read ?? named.find((ending) => isSampled(ending) && !/^(?:py|js|sh)$/.test(ending)) ?? 'txt';
}

function around(text: string, match: RegExpExecArray): string {
  return text.slice(Math.max(0, match.index - 30), match.index + match[0].length + 120);
}

type Pairs = readonly (readonly [name: string, subject: string])[];

function aliasesIn(text: string): Pairs {
  return [...text.matchAll(ALIAS)].map(([, name = '', subject = '']) => [name, subject]);
}

/** What is handed to a function's parameters: `def load(path)` and `load(sys.argv[1])`. */
function parametersIn(text: string): Pairs {
  const defined = new Map(
    [...text.matchAll(DEFINED)].map(([, name = '', list = '']) => [name, list.split(',')]),
  );
  return [...text.matchAll(CALLED)].flatMap(([, name = '', list = '']) => {
    const parameters = defined.get(name) ?? [];
    return list.split(',').flatMap((each, index): Pairs => {
      const parameter = /^\s*(\w+)/.exec(parameters[index] ?? '')?.[1];
      const subject = WHOLLY.exec(each)?.[1];
      return parameter === undefined || subject === undefined ? [] : [[parameter, subject]];
    });
  });
}
