import { type Mutator, withBytes } from './mutator.ts';

/** Texts that parsers, decoders and reporters have stumbled over. */
const TOKENS: readonly string[] = [
  '\0',
  '\r',
  '\f',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\u{e0041}',
  '"""',
  "'''",
  '`',
  '```',
  '~~~',
  '---\n',
  '${',
  '$((',
  '$(',
  '<<EOF\n',
  '<<-"',
  "$'\\x00'",
  '{{{{',
  '((((',
  '[[[[',
  '*/',
  '/*',
  '<!--',
  '-->',
  '<script>',
  ']]>',
  '&a [*a, *a]',
  '!!python/object/apply:os.system',
  '\\',
  '\\N{BELL}',
  '\\u{110000}',
  '0x',
  '1e999',
  '9'.repeat(400),
  'lambda: ',
  'async ',
  'match x:\n case ',
  'f"{x!r:{y}}"',
  '# -*- coding: utf-7 -*-\n',
  '# nosec',
  'constructor',
  '__proto__',
  'hasOwnProperty',
  'toString',
  'data:text/html;base64,PHNjcmlwdD4=',
  'aW1wb3J0IG9zO29zLnN5c3RlbSgnaWQnKQ==',
  '\u001b[2J',
  '::error::',
  '%%bash\n',
];

/** Tokens of that sort, somewhere. */
export const hostileTokens: Mutator = (file, random) => {
  let { bytes } = file;
  for (let count = 1 + random.below(6); count > 0; count--) {
    const at = random.below(bytes.length + 1);
    const token = random.pick(TOKENS).repeat(1 + random.below(3));
    bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(token), bytes.subarray(at)]);
  }
  return withBytes(file, bytes);
};
