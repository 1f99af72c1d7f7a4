import { tokenChecksum } from './crc32.ts';

/** How one kind of credential looks. */
export interface SecretFormat {
  /** The detection's name: one for each group of providers. */
  readonly name: SecretGroup;
  /** What it is, for the message. */
  readonly title: string;
  /** Literals one of which every such secret contains at its start; the prefilter looks for them. */
  readonly keywords: readonly string[];
  /** Sticky; starts at the keyword. The first group, if any, is the secret itself. Every repetition is bounded. */
  readonly pattern: RegExp;
  /** Whether the checksum inside fits; only for formats that have one. */
  readonly hasChecksum?: (secret: string) => boolean;
  /** Whether it is of the format at all, where a pattern cannot tell. */
  readonly accepts?: (secret: string) => boolean;
}

type SecretGroup =
  | 'secret-cloud-key'
  | 'secret-code-host-token'
  | 'secret-messaging-token'
  | 'secret-payment-key'
  | 'secret-model-provider-key'
  | 'secret-package-registry-token'
  | 'secret-private-key'
  | 'secret-json-web-token'
  | 'secret-connection-string'
  | 'secret-unverified-token'
  | 'secret-generic';

function hasTokenChecksum(secret: string): boolean {
  const body = secret.slice(secret.indexOf('_') + 1);
  return tokenChecksum(body.slice(0, -6)) === body.slice(-6);
}

function isJsonWebToken(secret: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(secret.split('.', 1)[0]!, 'base64url').toString());
    return typeof header === 'object' && header !== null && 'alg' in header;
  } catch {
    return false;
  }
}

/** What follows a token must not go on like one. */
const END = '(?![A-Za-z0-9_-])';

/** Formats as the providers document them; checksums where they publish one. */
export const SECRET_FORMATS: readonly SecretFormat[] = [
  {
    name: 'secret-cloud-key',
    title: 'AWS access key',
    keywords: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    pattern: /A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/y,
  },
  {
    name: 'secret-cloud-key',
    title: 'Google API key',
    keywords: ['AIza'],
    pattern: new RegExp(`AIza[\\w-]{35}${END}`, 'y'),
  },
  {
    name: 'secret-cloud-key',
    title: 'Google OAuth client secret',
    keywords: ['GOCSPX-'],
    pattern: new RegExp(`GOCSPX-[\\w-]{28}${END}`, 'y'),
  },
  {
    name: 'secret-cloud-key',
    title: 'Azure storage key',
    keywords: ['AccountKey='],
    pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/y,
  },
  {
    name: 'secret-cloud-key',
    title: 'DigitalOcean token',
    keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: /do[por]_v1_[a-f0-9]{64}(?![a-z0-9])/y,
  },
  {
    name: 'secret-code-host-token',
    title: 'GitHub token',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /gh[pousr]_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y,
    hasChecksum: hasTokenChecksum,
  },
  {
    name: 'secret-code-host-token',
    title: 'GitHub fine-grained token',
    keywords: ['github_pat_'],
    pattern: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/y,
  },
  {
    name: 'secret-code-host-token',
    title: 'GitLab token',
    keywords: ['glpat-', 'glptt-', 'gldt-', 'glrt-', 'glsoat-'],
    pattern: new RegExp(`gl(?:pat|ptt|dt|rt|soat)-[\\w-]{20,40}${END}`, 'y'),
  },
  {
    name: 'secret-messaging-token',
    title: 'Slack token',
    keywords: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xapp-'],
    pattern:
      /(?:xox[bpars]-(?:\d{9,15}-){1,3}[A-Za-z0-9-]{16,64}|xapp-\d-[A-Z0-9]{8,15}-\d{9,15}-[a-f0-9]{64})/y,
  },
  {
    name: 'secret-messaging-token',
    title: 'Slack webhook',
    keywords: ['hooks.slack.com/services/'],
    pattern: /hooks\.slack\.com\/services\/(T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{22,26})/y,
  },
  {
    name: 'secret-messaging-token',
    title: 'Discord webhook',
    keywords: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(\d{17,20}\/[\w-]{60,72})/y,
  },
  {
    name: 'secret-messaging-token',
    title: 'Telegram bot token',
    keywords: [':AA'],
    pattern: new RegExp(`(?<=\\b\\d{8,10}):AA[\\w-]{33}${END}`, 'y'),
  },
  {
    name: 'secret-messaging-token',
    title: 'SendGrid key',
    keywords: ['SG.'],
    pattern: new RegExp(`SG\\.[\\w-]{22}\\.[\\w-]{43}${END}`, 'y'),
  },
  {
    name: 'secret-messaging-token',
    title: 'Twilio key',
    keywords: ['SK'],
    pattern: /SK[a-f0-9]{32}(?![A-Za-z0-9])/y,
  },
  {
    name: 'secret-payment-key',
    title: 'Stripe key',
    keywords: ['sk_live_', 'rk_live_'],
    pattern: /[sr]k_live_[A-Za-z0-9]{20,120}/y,
  },
  {
    name: 'secret-payment-key',
    title: 'Stripe webhook secret',
    keywords: ['whsec_'],
    pattern: /whsec_[A-Za-z0-9+/]{32,64}={0,2}/y,
  },
  {
    name: 'secret-model-provider-key',
    title: 'Anthropic key',
    keywords: ['sk-ant-'],
    pattern: new RegExp(`sk-ant-(?:api|admin|sid|oat)\\d{2}-[\\w-]{80,120}${END}`, 'y'),
  },
  {
    name: 'secret-model-provider-key',
    title: 'OpenAI key',
    keywords: ['sk-'],
    // The middle part is "OpenAI" in base64; project and service keys carry it too.
    pattern: new RegExp(`sk-(?:(?:proj|svcacct|admin)-)?[\\w-]{20,80}T3BlbkFJ[\\w-]{20,80}${END}`, 'y'),
  },
  {
    name: 'secret-model-provider-key',
    title: 'Hugging Face token',
    keywords: ['hf_', 'api_org_'],
    pattern: /(?:hf|api_org)_[A-Za-z]{34}(?![A-Za-z0-9])/y,
  },
  {
    name: 'secret-model-provider-key',
    title: 'Groq key',
    keywords: ['gsk_'],
    pattern: /gsk_[A-Za-z0-9]{52}(?![A-Za-z0-9])/y,
  },
  {
    name: 'secret-model-provider-key',
    title: 'Replicate token',
    keywords: ['r8_'],
    pattern: /r8_[A-Za-z0-9]{37}(?![A-Za-z0-9])/y,
  },
  {
    name: 'secret-package-registry-token',
    title: 'npm token',
    keywords: ['npm_'],
    pattern: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y,
    hasChecksum: hasTokenChecksum,
  },
  {
    name: 'secret-package-registry-token',
    title: 'PyPI token',
    // The base64 of a macaroon whose location is pypi.org or test.pypi.org.
    keywords: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZ'],
    pattern: /pypi-AgE[\w-]{60,300}/y,
  },
  {
    name: 'secret-private-key',
    title: 'private key',
    keywords: ['-----BEGIN '],
    pattern:
      /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----[\s\\nr"'+,]{1,80}[A-Za-z0-9+/=:,\s\\"'-]{64}/y,
  },
  {
    name: 'secret-json-web-token',
    title: 'JSON web token',
    keywords: ['eyJ'],
    pattern: /eyJ[\w-]{10,400}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}/y,
    accepts: isJsonWebToken,
  },
  {
    name: 'secret-connection-string',
    title: 'connection string with a password',
    keywords: [
      'postgres://',
      'postgresql://',
      'mysql://',
      'mongodb://',
      'mongodb+srv://',
      'redis://',
      'rediss://',
      'amqp://',
      'amqps://',
      'mssql://',
    ],
    pattern:
      /[a-z+]{5,12}:\/\/[^\s:@/"'`<>{}$]{0,80}:([^\s:@/"'`<>{}$]{6,128})@(?!localhost|127\.|0\.0\.0\.0|(?:host|hostname|server|db|postgres|mysql|redis|mongo)(?![\w.-]))[\w.-]{3,200}/y,
  },
];
