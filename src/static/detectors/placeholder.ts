/** Words that nobody's real key contains, as parts of one. */
const WORDS =
  /example|sample|placeholder|dummy|changeme|change[-_ ]me|your[-_ ]|[-_ ]here\b|replace|redacted|insert|fake|mock|notreal|not[-_ ]a[-_ ]|todo|fixme|xxxx|\*{3}|\.{3}|…|0{8}|1234567|abcdef0?1?2?|deadbeef|secret[-_ ]?key|api[-_ ]?key|access[-_ ]?token|my[-_ ]|lorem|foobar|test[-_]?(?:key|token|secret|password)|some[-_ ]/i;

/** Not a value but a way to one: `${VAR}`, `<token>`, `{{ token }}`, `%TOKEN%`, `process.env.X`, `os.environ[…]`, a call. */
const REFERENCE =
  /^[<[{(%$]|[>}\])%]$|\$\{|\{\{|process\.env|import\.meta|os\.(?:environ|getenv)|getenv|secrets?\.[A-Za-z_]|vault:|op:\/\/|arn:|^env[.:]|\(\)|=>/;

/** True when a value is a stand-in for a secret rather than one: a word, a reference, one character over and over, a sequence. */
export function isPlaceholder(value: string): boolean {
  if (WORDS.test(value) || REFERENCE.test(value)) return true;
  if (new Set(value.toLowerCase()).size < Math.min(6, value.length)) return true;
  return /(.)\1{5,}/.test(value) || isSequence(value);
}

/** Characters that mostly count up or down ("abcdefgh…", "9876543210"). */
function isSequence(value: string): boolean {
  let steps = 0;
  for (let index = 1; index < value.length; index += 1) {
    if (Math.abs(value.charCodeAt(index) - value.charCodeAt(index - 1)) === 1) steps += 1;
  }
  return steps > value.length * 0.6;
}

/** A secret as a message may show it: its first four characters and its length. */
export function redact(value: string): string {
  return `${value.slice(0, 4)}… (${value.length} characters)`;
}
