import { sampleText } from './samples.ts';
import { likelyEnding } from './read-files.ts';
import { valueFor } from './values.ts';

/** Bytes that fit into the buffer of a pipe whatever the system (POSIX, `PIPE_BUF`): nobody has to stay to write them. */
const MOST_INPUT = 4_096;
const MOST_KEYS = 30;
const MOST_PROMPTS = 12;

const READS: Readonly<Record<'python' | 'javascript' | 'shell', RegExp>> = {
  python:
    /\bsys\.stdin\b|\bfileinput\.|\bget_text_stream\(\s*["']stdin|(?<![\w.])input\(|\bopen\(\s*0\b|["']\/dev\/stdin["']/,
  javascript:
    /\bprocess\.stdin\b|\breadFile(?:Sync)?\(\s*(?:0\b|["']\/dev\/stdin["'])|\bBun\.stdin\b|\bDeno\.stdin\b/,
  shell:
    /\$\(\s*(?:cat|jq\b[^)|]{0,200})\s*\)|\/dev\/stdin|(?:^|[\s;])read[ \t]+(?:-[a-z]+[ \t]+)*[A-Za-z_]|^[ \t]*(?:cat|jq[ \t][^|<\n]{0,200})[ \t]*\|/m,
};

const HOLDS_JSON = /\bjson\.loads?\(|\bJSON\.parse\(|\bjq\b|\.json\(\)/;

/** Keys that are asked of something read: `data.get("a", {}).get("b")`, `data["a"]`, `input.tool_name`, `jq -r '.a.b'`. */
const CHAIN = String.raw`(?:\.get\(\s{0,4}["'][\w-]{1,40}["'](?:\s{0,4},[^()\n]{0,40})?\)|\[\s{0,4}["'][\w-]{1,40}["']\s{0,4}\])`;
const PYTHON_KEYS = new RegExp(String.raw`\b[a-z_]\w{0,40}(${CHAIN}{1,4})`, 'g');
const KEY = /["']([\w-]{1,40})["']/g;
const NODE_KEYS =
  /\b(?:data|input|payload|event|body|request|hook\w*|json|params|message|parsed|obj)((?:\??\.[a-z_]\w{0,40}){1,4})/g;
const TAKEN_APART = /\{([\w\s,]{1,200})\}\s*=\s*JSON\.parse\(/g;
const JQ_PROGRAM = /\bjq\b[^\n'"]{0,60}(['"])(.{1,300}?)\1/g;
const JQ_KEYS = /(?<![\w)\]])((?:\.[a-z_]\w{0,40}){1,4})/gi;
const METHODS =
  /^(?:get|keys|values|items|length|map|filter|forEach|on|then|toString|trim|split|push|join|includes|slice|replace|startsWith|endsWith|some|find|text|json)$/;

const PROMPT = /(?<![\w.])input\(\s{0,4}f?["']([^"'\n]{0,120})["']/g;

/**
 * What a program that reads its standard input is plausibly sent: an object with the keys that it asks for, answers to what it prompts for,
 * else a sample of the sort of file that its text names. Nothing is executed.
 * @returns null when nothing says that it reads any
 */
export function inputFor(text: string, program: 'python' | 'javascript' | 'shell'): string | null {
  if (!READS[program].test(text)) return null;
  if (HOLDS_JSON.test(text)) {
    const keys = keysIn(text, program);
    if (keys.length > 0) return `${JSON.stringify(objectWith(keys))}\n`.slice(0, MOST_INPUT);
    return sampleText('json');
  }
  const prompts = program === 'python' ? [...text.matchAll(PROMPT)].slice(0, MOST_PROMPTS) : [];
  if (prompts.length > 0 && !/\bsys\.stdin\b/.test(text))
    return `${prompts.map(([, prompt = '']) => answerTo(prompt)).join('\n')}\n`;
  return sampleText(/\bcsv\.(?:reader|DictReader)\b|\bread_csv\(/.test(text) ? 'csv' : likelyEnding(text));
}

/** The ending of the sample that a command works on, where its name or path tells; else null. */
export function sortByName(name: string): string | null {
  const sort = /json|csv|ya?ml|toml|xml|html|markdown|sql/i.exec(name)?.[0]?.toLowerCase();
  return sort === 'markdown' ? 'md' : (sort ?? null);
}

function keysIn(text: string, program: string): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>();
  const note = (keys: readonly string[]): void => {
    const named = keys.filter((key) => !METHODS.test(key) && !/^(?:[A-Z][A-Z0-9_]+|\d+)$/.test(key));
    if (named.length > 0 && found.size < MOST_KEYS) found.set(named.join('\0'), named);
  };
  if (program === 'python')
    for (const [, chain = ''] of text.matchAll(PYTHON_KEYS))
      note([...chain.matchAll(KEY)].map(([, key = '']) => key));
  if (program === 'javascript') {
    for (const [, chain = ''] of text.matchAll(NODE_KEYS))
      note(chain.replaceAll('?', '').split('.').slice(1));
    for (const [, names = ''] of text.matchAll(TAKEN_APART))
      for (const name of names.split(',')) note([name.trim()]);
  }
  for (const [, , jq = ''] of text.matchAll(JQ_PROGRAM))
    for (const [, chain = ''] of jq.matchAll(JQ_KEYS)) note(chain.split('.').slice(1));
  return [...found.values()];
}

interface Nested {
  [key: string]: string | Nested;
}

function objectWith(keys: readonly (readonly string[])[]): Nested {
  const object: Nested = Object.create(null) as Nested;
  for (const chain of keys) {
    let place = object;
    for (const [index, key] of chain.entries()) {
      const known = place[key];
      if (index === chain.length - 1) place[key] = known ?? valueOf(key);
      else if (typeof known === 'object') place = known;
      else place = place[key] = Object.create(null) as Nested;
    }
  }
  return object;
}

function valueOf(key: string): string {
  if (/^tool_?name$/i.test(key)) return 'Bash';
  if (/^command$/i.test(key)) return 'ls -la';
  return valueFor({ name: key, type: '', choices: [], defaultText: null, help: '' });
}

function answerTo(prompt: string): string {
  if (/\by(?:es)?\s{0,2}\/\s{0,2}n|\[y|continue|sure|proceed|confirm/i.test(prompt)) return 'y';
  if (/\b1[).:-]|choice|option|number|how (?:many|much)|\(\d/i.test(prompt)) return '1';
  const name = prompt.replace(/[^A-Za-z]+/g, '_').toLowerCase();
  return valueFor({ name, type: '', choices: [], defaultText: null, help: '' });
}

/** `echo '{"a": 1}' | python3 x.py` → what is piped, and the command behind; null for another command. */
export function pipedInto(command: string): { readonly input: string; readonly rest: string } | null {
  const [, single, double, rest = ''] =
    /^\s*(?:echo|printf)\s+(?:-[en]+\s+)?(?:'([^']*)'|"((?:[^"\\]|\\.)*)")\s*\|\s*(\S[\s\S]*)$/.exec(
      command,
    ) ?? [];
  const text = single ?? double?.replace(/\\(["\\$`])/g, '$1');
  if (text !== undefined) return { input: `${text}\n`.slice(0, MOST_INPUT), rest };
  const [, head = '', , body] = HERE_DOCUMENT.exec(command) ?? [];
  return body === undefined ? null : { input: `${body}\n`.slice(0, MOST_INPUT), rest: head };
}

const HERE_DOCUMENT = /^([^\n]{1,400}?)\s*<<-?\s*["']?(\w+)["']?[ \t]*\n([\s\S]*?)\n[ \t]*\2\s*$/;
