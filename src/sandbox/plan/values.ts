import { isSampled, samplePath, SAMPLES } from './samples.ts';

/** What is known of a value that a program wants. */
export interface Wanted {
  /** `output_file`, `--url`, as written. */
  readonly name: string;
  /** `int`, `Path`, `number`, as the program says; empty when it does not. */
  readonly type: string;
  readonly choices: readonly string[];
  readonly defaultText: string | null;
  readonly help: string;
  /** The likely ending of the file that it names, where the program opens or reads it. */
  readonly readAs?: string | undefined;
}

const ENDING = /\.([a-z0-9]{1,5})\b/i;

/** What a name says of its value, first match wins. */
const BY_NAME: readonly (readonly [RegExp, (wanted: Wanted) => string])[] = [
  [/out(?:put)?|dest|target|save|export/, ({ name, help }) => outputFor(name, help)],
  [/url|uri|link|endpoint|website/, () => 'https://example.com/'],
  [/host|server|domain/, () => 'example.com'],
  [/port$/, () => '8080'],
  [/mail/, () => 'user@example.org'],
  [/dir|folder|workspace|root/, () => SAMPLES],
  [
    /file|path|input|source|src|document|image|csv|json|pdf|config|data$/,
    ({ name, help }) => inputFor(name, help),
  ],
  [/date|since|until|day/, () => '2024-05-17'],
  [/repo/, () => 'example/project'],
  [
    /count|num|limit|size|max|min|width|height|port|seconds|timeout|steps|seed|year|top|depth|page/,
    () => '3',
  ],
  [/query|search|keyword|question|prompt|topic/, () => 'weather in Paris'],
  [/lang|locale/, () => 'en'],
  [/city|location|place|country/, () => 'Paris'],
  [/key|token|secret|password/, () => 'example-key'],
  [/id$/, () => '42'],
  [/name|title|user/, () => 'example'],
];

/** A plausible value. */
export function valueFor(wanted: Wanted): string {
  const { type, choices, defaultText, readAs } = wanted;
  if (choices[0] !== undefined) return choices[0];
  const name = wanted.name.replace(/^-+/, '').toLowerCase();
  if (/^(?:int|integer)$/i.test(type))
    return /^-?\d+$/.test(defaultText ?? '') ? defaultText! : numberFor(name);
  if (/^(?:float|number)$/i.test(type)) return numberFor(name);
  if (readAs !== undefined && !/out|dest|save|url|dir/.test(name))
    return readAs === 'txt' ? inputFor(name, wanted.help) : samplePath(readAs);
  if (/path|file/i.test(type) && !/out|dest|save/.test(name)) return inputFor(name, wanted.help);
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1]({ ...wanted, name }) ?? byHelp(wanted.help);
}

/** A help text that names the ending of a file wants a file. */
function byHelp(help: string): string {
  const ending = ENDING.exec(help)?.[1]?.toLowerCase();
  return ending !== undefined && isSampled(ending) ? samplePath(ending) : 'hello';
}

function numberFor(name: string): string {
  return /port/.test(name) ? '8080' : '3';
}

function inputFor(name: string, help: string): string {
  const named = /(csv|tsv|jsonl?|ya?ml|toml|xml|html|pdf|png|md|markdown|image|python|log|sql)/i.exec(
    `${name} ${help}`,
  )?.[1];
  const short =
    { image: 'png', markdown: 'md', python: 'py' }[named?.toLowerCase() ?? ''] ?? named?.toLowerCase();
  return samplePath(ENDING.exec(help)?.[1]?.toLowerCase() ?? short ?? 'txt');
}

function outputFor(name: string, help: string): string {
  if (/dir|folder/.test(name)) return '/tmp/out';
  return `/tmp/out.${ENDING.exec(help)?.[1]?.toLowerCase() ?? 'txt'}`;
}
