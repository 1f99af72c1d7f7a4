import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { catastrophicPart } from '../../../src/rules/safe-regex.ts';
import { disclosureDetector } from '../../../src/static/detectors/disclosure.ts';
import { SECRET_FORMATS } from '../../../src/static/detectors/secrets/formats/index.ts';
import { isBase58Check } from '../../../src/static/detectors/secrets/base58.ts';
import { isAwsKeyId, isBech32 } from '../../../src/static/detectors/secrets/structure.ts';
import type { Language } from '../../../src/model/program.ts';

/** Random-looking characters that are the same on every run, made here so that no file holds what looks like a live secret. */
function random(length: number, alphabet: string, seed: string): string {
  let text = '';
  for (let block = 0; text.length < length; block += 1)
    for (const byte of createHash('sha256').update(`${seed} ${block}`).digest())
      text += alphabet[byte % alphabet.length]!;
  return text.slice(0, length);
}

const HEX = '0123456789abcdef';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const UUID = '9b2f1c7e-5a8d-4e46-b1c9-f35d0a8462b7';

function found(text: string, language: Language = 'python', path = 'app/settings.py'): readonly string[] {
  return disclosureDetector.inspect(text, language, path).map(({ name }) => name);
}

describe('the table of formats', () => {
  it('knows at least 120 kinds of credentials', () => {
    expect(new Set(SECRET_FORMATS.map(({ title }) => title)).size).toBeGreaterThanOrEqual(150);
  });

  it.each(SECRET_FORMATS.map((format) => [format.title, format.prefixes[0]!, format] as const))(
    '%s (%s) repeats nothing without bound',
    (_title, _prefix, { pattern }) => {
      expect(pattern.sticky).toBe(true);
      expect(catastrophicPart(pattern.source)).toBeNull();
      expect(pattern.source.replace(/\\.|\[[^\]]*\]/g, '')).not.toMatch(/[*+]|\{\d+,\}/);
    },
  );

  it.each([
    ['secret-cloud-key', 'ya' + '29.' + random(120, ALNUM, 'a')],
    ['secret-cloud-key', 'do' + 'p_v1_' + random(64, HEX, 'b')],
    ['secret-cloud-key', 'HR' + 'KU-' + UUID],
    ['secret-code-host-token', 'GR' + '1348941' + random(20, ALNUM, 'c')],
    ['secret-code-host-token', 'AT' + 'BB' + random(24, ALNUM, 'd') + random(8, HEX, 'e').toUpperCase()],
    ['secret-package-registry-token', 'dckr' + '_pat_' + random(27, ALNUM, 'f')],
    ['secret-package-registry-token', 'ruby' + 'gems_' + random(48, HEX, 'g')],
    ['secret-model-provider-key', 'xa' + 'i-' + random(80, ALNUM, 'h')],
    ['secret-model-provider-key', 'nv' + 'api-' + random(64, ALNUM, 'i')],
    ['secret-model-provider-key', 'ls' + 'v2_pt_' + random(32, HEX, 'j') + '_' + random(10, HEX, 'k')],
    ['secret-identity-token', 'hv' + 's.' + random(90, ALNUM, 'l')],
    ['secret-identity-token', 'ts' + 'key-auth-' + random(12, ALNUM, 'm') + '-' + random(32, ALNUM, 'n')],
    ['secret-data-service-token', 'da' + 'pi' + random(32, HEX, 'o')],
    ['secret-data-service-token', 'pa' + 't' + random(14, ALNUM, 'p') + '.' + random(64, HEX, 'q')],
    ['secret-workplace-token', 'lin' + '_api_' + random(40, ALNUM, 'r')],
    ['secret-workplace-token', 'nt' + 'n_' + random(46, ALNUM, 's')],
    ['secret-monitoring-key', 'gl' + 'sa_' + random(32, ALNUM, 't') + '_' + random(8, HEX, 'u')],
    ['secret-monitoring-key', 'NR' + 'AK-' + random(27, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 'v')],
    ['secret-delivery-token', 'pu' + 'l-' + random(40, HEX, 'w')],
    ['secret-messaging-token', 'xk' + 'eysib-' + random(64, HEX, 'x') + '-' + random(16, ALNUM, 'y')],
    ['secret-payment-key', 'sh' + 'pat_' + random(32, HEX, 'z')],
    ['secret-payment-key', 'sq' + '0csp-' + random(43, ALNUM, '0')],
    ['secret-test-key', 'sk_' + 'test_' + random(24, ALNUM, '1')],
    ['secret-code-host-token', random(76, ALNUM, '2') + 'AZ' + 'DO' + random(4, ALNUM, '3')],
  ])('%s', (name, secret) => {
    expect(found(`value = "${secret}"`)).toEqual([name]);
    // In an address, behind a sign, in a comment, in a string of JSON.
    expect(found(`# curl -H "Authorization: Bearer ${secret}"`)).toEqual([name]);
    expect(found(`{"a": "first\\n${secret}"}`, 'json')).toEqual([name]);
    // As part of something longer it is something else.
    expect(found(`value = "${secret}${'Zq9'.repeat(600)}"`)).not.toContain(name);
  });

  it('asks for the name of the service where the shape alone says little', () => {
    const key = 'sk-' + random(32, HEX, '4');
    expect(found(`x = "${key}"`)).toEqual([]);
    expect(found(`# DeepSeek\nx = "${key}"`)).toEqual(['secret-model-provider-key']);
    const okta = '00' + '4' + random(39, ALNUM, '8');
    expect(found(`x = "${okta}"`)).toEqual([]);
    expect(found(`variable "okta_login" {\n  default = "${okta}"\n}`, 'text', 'main.tf')).toEqual([
      'secret-identity-token',
    ]);
  });

  it('takes the token of a device out of the address that it reports to', () => {
    const token = random(20, ALNUM.toLowerCase().slice(26), '9');
    expect(found(`url = "https://thingsboard.cloud/api/v1/${token}/telemetry"`)).toEqual([
      'secret-data-service-token',
    ]);
    expect(found('url = "https://thingsboard.cloud/api/v1/customer/devices"')).toEqual([]);
    expect(found('url = "https://thingsboard.cloud/api/v1/$ACCESS_TOKEN/telemetry"')).toEqual([]);
  });
});

describe('structure and checksums', () => {
  it('agree with published values', () => {
    // The examples of BIP 173, BIP 350 and the Bitcoin wiki.
    expect(isBech32('A12UEL5L')).toBe(true);
    expect(isBech32('A1LQFN3A')).toBe(true);
    expect(isBech32('A12UEL5X')).toBe(false);
    expect(isBase58Check('5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ')).toBe(true);
    expect(isBase58Check('5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTK')).toBe(false);
  });

  it('an AWS key id holds an account number of twelve digits', () => {
    expect(isAwsKeyId('AK' + 'IAQ7RK2MVX5LPB4TYW')).toBe(true);
    expect(isAwsKeyId('AK' + 'IA7777777777777777')).toBe(false);
  });
});

describe('private keys', () => {
  const body = `${random(64, ALNUM, '5')}\n${random(64, ALNUM, '6')}\n`;
  const long = Array.from({ length: 25 }, (_, line) => `${random(64, ALNUM, `line ${line}`)}\n`).join('');

  it.each([
    ['secret-private-key', `-----BEGIN ${'EC'} PRIVATE KEY-----\n${body}`],
    ['secret-private-key', `-----BEGIN ${'PGP'} PRIVATE KEY BLOCK-----\nVersion: 2\n\n${body}`],
    ['secret-encrypted-key', `-----BEGIN ${'ENCRYPTED'} PRIVATE KEY-----\n${body}`],
    [
      'secret-encrypted-key',
      `-----BEGIN ${'RSA'} PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${random(32, HEX, '7')}\n\n${body}`,
    ],
    ['secret-private-key', `PuTTY-User-Key-File-${'3'}: ssh-ed25519\nEncryption: none\nComment: x\n`],
    ['secret-encrypted-key', `PuTTY-User-Key-File-${'3'}: ssh-ed25519\nEncryption: aes256-cbc\n`],
    [
      'secret-private-key',
      `key: ${Buffer.from(`-----BEGIN ${'RSA'} PRIVATE KEY-----\n${body}`).toString('base64')}`,
    ],
    [
      'secret-private-key',
      `key: ${Buffer.from(`-----BEGIN ${'RSA'} PRIVATE KEY-----\n${long}`).toString('base64')}`,
    ],
  ])('%s', (name, text) => {
    expect(found(text, 'text', 'deploy.txt')).toEqual([name]);
  });
});

describe('credentials that only their place tells', () => {
  it.each([
    [
      'secret-stored-credentials',
      'json',
      'sftp.json',
      '{"host": "files.shop.example", "user": "kim", "password": "tr0mbone77"}',
    ],
    [
      'secret-stored-credentials',
      'text',
      'x.xml',
      '<Host>ftp.shop.example</Host><User>kim</User><Pass>tr0mbone77</Pass>',
    ],
    [
      'secret-stored-credentials',
      'text',
      '.netrc',
      'machine mail.shop.example\n  login kim\n  password w8HsD3nFz6',
    ],
    ['secret-stored-credentials', 'text', '.pgpass', 'db.shop.example:5432:main:kim:tr0mbone77'],
    ['secret-stored-credentials', 'text', 'config/master.key', random(32, HEX, '8')],
    ['secret-connection-string', 'text', '.git-credentials', 'https://kim:w8HsD3nFz6@git.shop.example'],
    ['secret-password-hash', 'text', 'users', `kim:$apr${'1'}$q7Rk2mVx$${random(22, ALNUM, '9')}`],
    ['secret-written-password', 'javascript', 'sync.js', 'client.login("kim@shop.example", "tr0mbone77")'],
    ['secret-written-password', 'text', 'config.php', "$dbpasswd = 'tr0mbone77';"],
    ['secret-written-password', 'text', 'config.php', "define('DB_PASSWORD', 'tr0mbone77');"],
    ['secret-generic', 'yaml', 'app.yml', `secret_key_base: ${random(128, HEX, 'A')}`],
    ['secret-generic', 'text', 'wp.php', `define('AUTH_KEY', '${random(56, ALNUM, 'B')}|<#~!^;x')`],
    ['secret-generic', 'yaml', 'k8s.yml', `- name: API_TOKEN\n  value: ${random(40, ALNUM, 'C')}`],
  ] as const)('%s in %s of %s', (name, language, path, text) => {
    expect(found(text, language, path)).toEqual([name]);
  });

  it.each([
    ['json', 'sftp.json', '{"host": "files.shop.example", "user": "kim", "password": "${PASSWORD}"}'],
    ['python', 'forms.py', 'password = forms.CharField(label="Password", widget=PasswordInput)'],
    ['python', 'app.py', 'if password == "tr0mbone77": pass'],
    ['python', 'tests/test_login.py', 'PASSWORD = "tr0mbone77"'],
    ['markdown', 'README.md', 'password: tr0mbone77'],
    ['javascript', 'i18n.js', 'passwordLabel: "Password 2:", confirmPassword: "#confirm-2"'],
    ['yaml', 'compose.yml', 'POSTGRES_PASSWORD: postgres'],
    ['python', 'model.py', 'eos_token = "<|endoftext|2>"; pad_token = "x1y2z3a4b5c6d7e8f9g0"'],
    ['json', 'package-lock.json', '"integrity": "sha512-' + random(80, ALNUM, 'D') + '=="'],
    ['python', 'app.py', 'cache_key = "' + random(32, HEX, 'E') + '"'],
    ['python', 'app.py', 'public_key = "' + random(44, ALNUM, 'F') + '"'],
  ] as const)('quiet: %s %s %s', (language, path, text) => {
    expect(found(text, language, path)).toEqual([]);
  });
});

describe('base64 of a picture or of WebAssembly', () => {
  const data = (length: number, seed: string): string => random(length, `${ALNUM}+/`, seed);
  const facebook = `EAA${random(110, ALNUM, 'facebook')}`;

  it('holds what looks like a token by accident', () => {
    expect(found(`x = "data:a/b;base64,${data(300, 'a')}/${facebook}+${data(300, 'b')}"`)).toEqual([]);
  });

  it('does not hide a token that stands alone', () => {
    expect(found(`x = "${facebook}"`)).toEqual(['secret-messaging-token']);
    expect(found(`# ${data(300, 'c')}\nx = "${facebook}"`)).toEqual(['secret-messaging-token']);
  });
});
