import { describe, expect, it } from 'vitest';
import { crc32, tokenChecksum } from '../../../src/static/detectors/crc32.ts';
import { disclosureDetector } from '../../../src/static/detectors/disclosure.ts';
import type { Language } from '../../../src/model/program.ts';

/** Random-looking, made for this test; put together here so that the file holds nothing that looks like a live secret. */
const RANDOM = 'q7Rk2mVx9LpB4tYw8HsD3nFz6JcG5aUe1QiM0oXyT9KbWv7Ns4Er2PhL8dZj6CgA';

function found(text: string, language: Language = 'python'): readonly string[] {
  return disclosureDetector.inspect(text, language, 'a.py').map((detection) => detection.name);
}

function checksummed(prefix: string): string {
  const body = RANDOM.slice(0, 30);
  return prefix + body + tokenChecksum(body);
}

describe('checksums', () => {
  it('agree with published values', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    // The worked example of GitHub's own description of the format.
    expect(tokenChecksum('zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ')).toBe('0mLq17');
  });
});

describe('credentials in the format of a provider', () => {
  it.each([
    ['secret-cloud-key', 'AK' + 'IAQ7RK2MVX5LPB4TYW'],
    ['secret-public-key', 'AI' + 'za' + RANDOM.slice(0, 35)],
    ['secret-code-host-token', checksummed('gh' + 'p_')],
    ['secret-code-host-token', 'gl' + 'pat-' + RANDOM.slice(0, 20)],
    ['secret-messaging-token', 'xo' + 'xb-123019847561-938475610293-' + RANDOM.slice(0, 24)],
    ['secret-messaging-token', '123908475' + ':AA' + RANDOM.slice(0, 33)],
    ['secret-messaging-token', 'S' + 'G.' + RANDOM.slice(0, 22) + '.' + RANDOM.slice(5, 48)],
    ['secret-payment-key', 'sk_' + 'live_' + RANDOM.slice(0, 24)],
    ['secret-model-provider-key', 'sk-' + 'ant-api03-' + (RANDOM + RANDOM).slice(0, 95)],
    ['secret-model-provider-key', 'sk-' + 'proj-' + RANDOM.slice(0, 40) + 'T3BlbkFJ' + RANDOM.slice(3, 43)],
    ['secret-model-provider-key', 'h' + 'f_' + RANDOM.replace(/\d/g, '').slice(0, 34)],
    ['secret-package-registry-token', checksummed('np' + 'm_')],
    ['secret-package-registry-token', 'py' + 'pi-AgEIcHlwaS5vcmc' + (RANDOM + RANDOM).slice(0, 100)],
    ['secret-private-key', '-----BEGIN ' + 'OPENSSH PRIVATE KEY-----\n' + RANDOM + RANDOM],
    ['secret-connection-string', 'postgres' + '://app:q7Rk2mVx9L@db.shop.example/main'],
  ])('%s', (name, secret) => {
    expect(found(`value = "${secret}"`)).toEqual([name]);
  });

  it('knows a JSON web token by its header', () => {
    const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
    const body = Buffer.from('{"sub":"inert","name":"nobody"}').toString('base64url');
    expect(found(`x = "${header}.${body}.${RANDOM.slice(0, 43)}"`)).toEqual(['secret-json-web-token']);
    expect(found(`x = "eyJub3BlIjoxfQ${RANDOM.slice(0, 5)}.${body}.${RANDOM.slice(0, 43)}"`)).toEqual([]);
  });

  it('sets apart what fails its own checksum', () => {
    expect(found(`t = "${'gh' + 'p_'}${RANDOM.slice(0, 36)}"`)).toEqual(['secret-unverified-token']);
  });

  it('never shows more than four characters', () => {
    const secret = 'sk_' + 'live_' + RANDOM.slice(0, 24);
    const [detection] = disclosureDetector.inspect(`x = '${secret}'`, 'python', 'a.py');
    expect(detection!.detail).toBe('Stripe key sk_l… (32 characters)');
  });
});

describe('values given to a name that says secret', () => {
  it.each([
    [`API_KEY = "${RANDOM.slice(0, 32)}"`, 'python'],
    [`{"client_secret": "${RANDOM.slice(0, 24)}"}`, 'json'],
    [`auth_token: ${RANDOM.slice(0, 32)}`, 'yaml'],
    [`export DB_PASSWORD=${RANDOM.slice(0, 20)}`, 'shell'],
    [`const secret = '9f86d081884c7d659a2feaa0c55ad015';`, 'javascript'],
  ] as const)('found: %s', (text, language) => {
    expect(found(text, language)).toEqual(['secret-generic']);
  });

  it.each([
    'API_KEY = "your-api-key-goes-here-2024"',
    'API_KEY = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    'API_KEY = os.environ["SERVICE_API_KEY_2"]',
    'api_key: ${{ secrets.API_KEY_42 }}',
    'token = "<paste-your-token-1234>"',
    'const token = process.env.GITHUB_TOKEN_2;',
    'token_count = "a1b2c3d4e5f6g7h8i9j0kk"',
    'password = "correct horse battery staple"',
    'tokenizer = "bert-base-uncased-v2-large1"',
    'secret_name = "prod/db/main-2024-rotation"',
    'access_token_url = "https://auth.example/oauth2/v2/token"',
    'aws_access_key_id = AKIAIOSFODNN7EXAMPLE',
    'private_key_path = "~/.ssh/id_ed25519_2024"',
    'uri = "postgres://user:password@db.shop.example/app"',
    'uri = "postgres://app:q7Rk2mVx9L@localhost/app"',
    'TOKEN = "123e4567-e89b-12d3-a456-426614174000"',
  ])('quiet: %s', (text) => {
    expect(found(text, 'yaml')).toEqual([]);
  });
});

describe('hostile input', () => {
  it.each([
    ['keywords', 'sk-'.repeat(300_000)],
    ['web tokens', '-eyJ'.repeat(200_000)],
    ['names', 'secret='.repeat(100_000)],
    ['key heads', '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(30_000)],
    ['addresses', 'postgres://a:'.repeat(70_000)],
    ['elements', '<pass>'.repeat(100_000)],
    ['logins', 'login("a"'.repeat(80_000)],
    ['pairs', '"password", "'.repeat(60_000)],
    ['words in rows', `secret_key = "${'q_w_e_r_t_y_'.repeat(30)}!"\n`.repeat(100)],
  ])('is read in linear time: %s', (_name, text) => {
    const before = process.cpuUsage();
    disclosureDetector.inspect(text, 'text', 'a.txt');
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
  });
});
