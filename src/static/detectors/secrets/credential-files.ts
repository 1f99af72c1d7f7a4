import type { Span } from '../../../model/program.ts';

/** Files that exist to hold credentials: of mail, FTP and database clients, of registries, clouds and agents. */
const CREDENTIAL_FILE =
  /(?:^|\/)(?:[._]netrc|\.pgpass|\.(?:e|m)smtprc|\.fetchmailrc|\.my\.cnf|\.git-credentials|\.s3cfg|\.boto|\.npmrc|\.pypirc|\.gem\/credentials|\.dockercfg|\.docker\/config\.json|\.(?:remote-sync|ftpconfig)(?:\.json)?|\.?s?ftp(?:-?config)?\.json|(?:filezilla|recentservers|sitemanager)\.xml|webservers\.xml|[\w-]*data-?sources[\w-]*\.xml|logins\.json|robomongo\.json|\.?credentials(?:\.(?:json|ya?ml|ini|xml))?|wp-config\.php|\.env(?:\.(?:local|prod|production|staging|live))?|\.htpasswd|[\w.-]*\.ovpn|wg\d\.conf)$/i;

/** True when a file's name says that what it holds is credentials. */
export function isCredentialFile(path: string): boolean {
  return CREDENTIAL_FILE.test(path);
}

/** Paths of what is there to be tested, read or shown: the passwords in it open nothing. */
const SHOWN =
  /(?:^|[/_.-])(?:tests?|testing|testdata|specs?|__tests__|fixtures?|mocks?|stubs?|examples?|samples?|docs?|documentation|demos?|tutorials?|templates?|e2e|conftest|benchmarks?)(?:[/_.-]|$)|\.(?:md|mdx|rst|adoc|ipynb|po|pot|lock|snap|map|d\.ts|min\.js|svg|css|html?)$|(?:^|\/)(?:readme|changelog|changes|news|history)\b/i;

/** True for tests, examples and documentation. */
export function isShownOnly(path: string): boolean {
  return SHOWN.test(path);
}

/** Somebody and somewhere beside a password make it credentials that open something. */
const SOMEBODY = /["'\s<;,_.]?(?:user(?:[-_]?name)?|login|uid|email|account)["'\]]{0,2}\s{0,4}[=:>]/i;
const SOMEWHERE =
  /["'\s<;,_.]?(?:host(?:[-_]?name)?|server|machine|url|uri|address|remote|endpoint)["'\]]{0,2}\s{0,4}[=:>]/i;

/** Machines that everybody has, or nobody (RFC 2606). */
const NOWHERE = /\bexample\.(?:com|org|net)\b|\blocalhost\b|\b127\.0\.0\.1\b|\.(?:test|invalid|localhost)\b/i;

/** True when a user and a host that others can reach are named within some lines of a place. */
export function hasUserAndHostNear(text: string, { start, end }: Span): boolean {
  const around = text.slice(Math.max(0, start - 400), end + 400);
  return SOMEBODY.test(around) && SOMEWHERE.test(around) && !NOWHERE.test(around);
}

/** A line of `.pgpass` and its like: host, port, database, user, password. */
const FIELDS = /^(?!#)[^:\n]{1,200}:(?:\d{1,5}|\*):[^:\n]{1,100}:[^:\n]{1,100}:([^\n\r]{1,200})/gm;
/** `password "…"`, `password …`: settings of clients that separate by a space. */
const SPACED = /^[ \t]{0,20}(?:password|passwd|pass)[ \t]{1,8}["']?([^\s"'=:]{3,200})["']?[ \t]{0,8}\r?$/gim;

/** A whole file that is one key: `config/master.key` of Rails, `.vault_pass`. */
const WHOLE = /^\s{0,4}([0-9a-f]{32}|[0-9a-f]{64}|[A-Za-z0-9+/]{43}=)\s{0,4}$/;
const KEY_FILE =
  /(?:^|\/)(?:[\w.-]+\.key|\.?vault[-_]pass(?:word)?(?:\.txt)?|\.?secret[-_]?key(?:\.txt)?|\.erlang\.cookie)$/i;

/** Passwords that only the kind of file shows, with the place of each. */
export function* passwordsInFile(text: string, path: string): Generator<Span> {
  if (text.length < 200 && KEY_FILE.test(path)) {
    const match = WHOLE.exec(text);
    if (match !== null) yield spanOf(text, match);
  }
  if (text.length > 65_536 || !isCredentialFile(path)) return;
  const pattern = path.endsWith('.pgpass') ? FIELDS : SPACED;
  for (const match of text.matchAll(pattern)) yield spanOf(text, match, match.index);
}

function spanOf(text: string, match: RegExpMatchArray, from = 0): Span {
  const start = text.indexOf(match[1]!, from + match[0].lastIndexOf(match[1]!));
  return { start, end: start + match[1]!.length };
}
