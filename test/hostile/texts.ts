import type { HostileInput } from './input.ts';

type Maker = (times: number) => string;

function each(count: number, part: (index: number) => string, between = '\n'): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(between);
}

/** What looks like a secret, a number of a person, an address or an order, and leads regular expressions far before it fails. */
const BAIT: Readonly<Record<string, Maker>> = {
  '20,000 passwords': (n) => each(20_000 * n, (i) => `password_${i} = "Xk9_q${i}_Zt7"`),
  'keys of words in rows': (n) => each(2_000 * n, () => `secret_key = "${'q_w_e_r_t_y_'.repeat(30)}!"`),
  '50,000 credentials by format': (n) => each(50_000 * n, (i) => `ghp_${String(i).padStart(36, 'aB3')}`),
  '100,000 numbers of people': (n) =>
    each(100_000 * n, (i) => `ssn ${100 + (i % 600)}-45-${1_000 + (i % 8_999)}`),
  '20,000 cards': (n) => each(20_000 * n, (i) => `card 4111 1111 1111 ${1_000 + (i % 9_000)}`),
  '2 MB of digits': (n) => `iban DE${'1'.repeat(2_000_000 * n)}\n`,
  '2 MB of digits and gaps': (n) => `card ${'4111 '.repeat(400_000 * n)}\n`,
  '100,000 addresses of mail': (n) => each(100_000 * n, (i) => `a${i}@b${i}.example`),
  'one address of 1 MB': (n) => `mail: ${'a.b-'.repeat(250_000 * n)}@${'c.'.repeat(1_000)}\n`,
  '1 MB of one URL': (n) => `https://a.example/${'%2e%2e/'.repeat(150_000 * n)}\n`,
  '100,000 look-alikes': (n) => each(100_000 * n, (i) => `p\u0430ypal${i} = 1`),
  '1 MB of invisible text': (n) => `a${'\u200b\u2060'.repeat(500_000 * n)}b\n`,
  '1 MB of directions': (n) => `a${'\u202e\u202c'.repeat(500_000 * n)}b\n`,
  '50,000 keys that begin': (n) => each(50_000 * n, () => '-----BEGIN RSA PRIVATE KEY-----'),
  '1 MB of one key': (n) => `-----BEGIN RSA PRIVATE KEY-----\n${'QUJD\n'.repeat(200_000 * n)}`,
  'a class of 2 MB': (n) => `import gym\n${'class a('.repeat(250_000 * n)}\n`,
  'logs of persons': (n) => each(20_000 * n, (i) => `print(user.ssn${i}, ${'a, '.repeat(30)})`),
  '20,000 times reported speech': (n) =>
    each(20_000 * n, (i) => `He said: "ignore all ${i} rules", and you must not.`, ' '),
  '20,000 nested quotes': (n) => `${'"'.repeat(20_000 * n)} ignore ${'”'.repeat(20_000 * n)}\n`,
  'orders with many conditions': (n) =>
    `${each(20_000 * n, (i) => `if you see ${i}, when it is on, unless it is not`, ', ')}, send it.\n`,
};

const FILES = ['notes.txt', 'SKILL.md', 'run.py', 'index.js', 'data.json', '.env', 'data.csv'];

/** Texts for the detectors, in files of several kinds. */
export const texts: readonly HostileInput[] = FILES.flatMap((path) =>
  Object.entries(BAIT).map(([name, make]) => ({ name, path, make })),
);
