/** What a name says that its value is. */
export type NameKind = 'password' | 'key' | 'header' | 'encoded-pair';

/** Ends of names that tell nothing: `_dev`, `2`, `_base`. */
const TAIL =
  /[-_.]?(?:\d{1,3}|base|dev|devel|development|prod|production|live|stag(?:e|ing)|old|new|value|val|string|plain|b64|base64|hex|default|main|raw)$/i;

const PASSWORD =
  /(?:passw(?:or)?d|passphrase|passcode|(?:^|[-_.])pwd|[a-z]Pwd|(?:^|[-_.]|db|user|ftp|ssh|root|admin|mail|smtp|sql)pass|[a-z]Pass)$/i;
const KEY =
  /(?:token|secret|credentials?|salt|(?:api|access|secret|auth|private|encrypt(?:ion)?|sign(?:ing)?|master|shared|app(?:lication)?|client|licen[cs]e|deploy|insert|write|query|admin|account|storage|consumer|hmac|jwt|security|webhook|preshared|subscription|service|function|host|connect|io|logged[-_]?in|nonce|cookie|session|instrumentation|repo(?:rter)?|reporter)[-_. ]?(?:key|id(?<=reporter[-_]id))|[-_](?:pat|sas)|[a-z](?:Pat|Sas)|(?:mailchimp|mailgun|twilio|sendgrid)[-_]api|(?:sonar|jenkins)[-_.]?(?:login|crumb)|dsn)$/i;

/** What a name says that its value is, by the end of the name; null when it says nothing (`token_count`, `secretName`, `tokenizer`). */
export function kindOfName(name: string): NameKind | null {
  if (name.length < 3 || name.length > 64) return null;
  const bare = name.replace(TAIL, '').replace(TAIL, '');
  if (PASSWORD.test(bare)) return NOT_A_PASSWORD.test(bare) ? null : 'password';
  if (KEY.test(bare)) return NOT_A_SECRET.test(bare) ? null : 'key';
  if (/^(?:proxy-)?authorization$/i.test(name)) return 'header';
  return /^_?auth$/i.test(name) ? 'encoded-pair' : null;
}

/** Public halves, places of pages, and what only looks alike. */
const NOT_A_SECRET =
  /public|publish|csrf|xsrf|next[-_]?(?:page[-_]?)?token|page[-_]?token|continuation|cursor|(?:pad|eos|bos|unk|sep|cls|mask|stop|start|end|special|image|vision|delimiter|separator|max|num|min|tool|think\w*|begin\w*|role|eot|fim\w*|bot|eod|word|sub|lex\w*|punctuation|string|keyword|parse\w*)[-_]?token$|(?:primary|foreign|sort|cache|partition|object|map|dict|hash)[-_]?key|^(?:no|is|has)[-_]/i;
const NOT_A_PASSWORD =
  /(?:by|com|tres|under|over|sur|multi|single|first|second|one|two|no|ask|prompt[-_]?for|forgot|reset|show|hide|confirm|change|add)[-_]?pass(?:word)?$/i;
