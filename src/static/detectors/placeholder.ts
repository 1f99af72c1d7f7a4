/** Words that nobody's real key contains, as parts of one. */
const WORDS =
  /example|sample|placeholder|dummy|changeme|change[-_ ]me|your[-_ ]|[-_ ]here\b|replace|redacted|insert|fake|mock|notreal|not[-_ ]a[-_ ]|todo|fixme|xxxx|\*{3}|\.{3}|…|0{8}|1234567|abcdef0?1?2?|deadbeef|secret[-_ ]?key|api[-_ ]?key|access[-_ ]?token|my[-_ ]|lorem|foobar|qwerty|wertyui|asdfgh|sdfghj|zxcvbn|xcvbnm|qawsed|a1b2c3|1a2b3c|test[-_]?(?:key|token|secret|password)|some[-_ ]/i;

/** Not a value but a way to one: `${VAR}`, `<token>`, `{{ token }}`, `%TOKEN%`, `process.env.X`, `os.environ[…]`, a call. */
const REFERENCE =
  /^[<[{(%]|^\\?\$[A-Za-z_({]|&lt;|[>}\])%]$|\$\{|\{\{|<%|process\.env|import\.meta|os\.(?:environ|getenv)|getenv|secrets?\.[A-Za-z_]|vault:|op:\/\/|arn:|^env[.:]|\(\)|=>|^\$\$?$|#\{|\.\w+\(/;

const COMMON_PASSWORDS = new Set(
  `pass passw passwd password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword secret secret123 admin admin123
  administrator root toor user username guest default changeme change_me letmein welcome welcome1 qwerty qwerty123 abc123 abcd1234 abcdef
  12345 123456 1234567 12345678 123456789 1234567890 test test1 test123 test1234 testing tester demo dummy foo bar baz foobar hunter2
  postgres postgresql mysql mariadb mongo mongodb redis rabbitmq guest1 minio minioadmin minio123 oracle sa vagrant ubuntu docker nobody
  none null undefined true false string password! mypassword mypass my_password yourpassword your_password newpassword oldpassword
  supersecret topsecret super-secret topsecret123 s3cr3t s3cret pwd hello world helloworld xxx xxxx xxxxx asdf qwer zxcv monkey dragon
  password_here enter_password wrong wrongpassword incorrect invalid correct required optional hidden masked`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** True for a password that everybody tries first, that documentation uses, or that no one chose. */
export function isCommonPassword(value: string): boolean {
  return COMMON_PASSWORDS.has(value.toLowerCase());
}

/** True when a value is a way to a secret (a variable, a template, a call) rather than one. */
export function isReference(value: string): boolean {
  return REFERENCE.test(value);
}

/** True when a value says in words that it is none, refers to one, or is one character over and over. */
export function isStandInWord(value: string): boolean {
  return WORDS.test(value) || REFERENCE.test(value) || /^(.)\1*$/.test(value);
}

/** True when a value is a stand-in for a secret rather than one: a word, a reference, one character over and over, a sequence. */
export function isPlaceholder(value: string): boolean {
  if (isStandInWord(value)) return true;
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

/** A secret as a message may show it: its first four characters (one or none of a short one) and its length. */
export function redact(value: string): string {
  return `${value.slice(0, value.length >= 16 ? 4 : value.length >= 8 ? 1 : 0)}… (${value.length} characters)`;
}
