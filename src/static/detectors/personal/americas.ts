import { isLuhn, weighted } from './checksums.ts';
import type { IdentifierRow } from './identifier.ts';

/** Numbers that offices print in their own examples, and ranges that were never given out. */
function isSocialSecurity(ssn: string): boolean {
  if (/^(?:000|666|9)|^\d{3}00|0000$/.test(ssn)) return false;
  return !['078051120', '219099999', '123456789', '457555462', '111111111'].includes(ssn);
}

/** The two last digits of Brazilian numbers. */
function isBrazilian(cpf: string): boolean {
  const check = (length: number): number => {
    const weights = Array.from({ length }, (_, index) => length + 1 - index);
    return ((weighted(cpf, weights) * 10) % 11) % 10;
  };
  return check(9) === Number(cpf[9]) && check(10) === Number(cpf[10]);
}

function isChilean(rut: string): boolean {
  const weights = [2, 3, 4, 5, 6, 7];
  const sum = [...rut.slice(0, -1)]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * weights[index % 6]!, 0);
  return '0K987654321'[sum % 11] === rut.at(-1);
}

/** Numbers of persons in North and South America. */
export const AMERICAN_IDS: readonly IdentifierRow[] = [
  [
    'US social security number',
    'likely',
    /^\d{9}$/,
    'ssn|social[\\s_-]security',
    isSocialSecurity,
    /^\d{3}([- .])\d\d\1\d{4}$/,
  ],
  ['US social security number', 'named', /^\d{9}$/, 'ssn|social[\\s_-]security', isSocialSecurity],
  [
    'US taxpayer number',
    'likely',
    /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/,
    'itin|tax(?:payer)?[\\s_-]?id',
    undefined,
    /^\d{3}([- ]?)\d\d\1\d{4}$/,
  ],
  [
    'Medicare number',
    'likely',
    /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d$/,
    'medicare|\\bmbi\\b',
    undefined,
    /^\w{4}([ -]?)\w{3}\1\w{4}$/,
  ],
  [
    'Canadian social insurance number',
    'likely',
    /^[1-79]\d{8}$/,
    '\\bsin\\b|\\bnas\\b|social insurance|assurance sociale',
    isLuhn,
    /^\d{3}([ -]?)\d{3}\1\d{3}$/,
  ],
  [
    'Mexican CURP',
    'certain',
    /^[A-Z][AEIOUX][A-Z]{2}\d\d(?:0\d|1[0-2])[0-3]\d[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d$/,
    'curp',
  ],
  ['Brazilian CPF', 'certain', /^\d{11}$/, '\\bcpf\\b', isBrazilian, /^\d{3}\.\d{3}\.\d{3}-\d\d$/],
  ['Brazilian CPF', 'named', /^\d{11}$/, '\\bcpf\\b', isBrazilian],
  [
    'Chilean RUT',
    'likely',
    /^\d{7,8}[\dK]$/,
    '\\brut\\b|\\brun\\b',
    isChilean,
    /^\d{1,2}\.\d{3}\.\d{3}-[\dkK]$/,
  ],
];
