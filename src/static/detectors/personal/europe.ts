import { isDay, isLuhn, isMod11And10, remainder, weighted } from './checksums.ts';
import type { IdentifierRow } from './identifier.ts';

const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY';

const SPANISH = 'TRWAGMYFPDXBNJZSQVHLCKE';
const isSpanish = (number: string, letter: string): boolean => SPANISH[Number(number) % 23] === letter;

const ITALIAN_ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isItalian(code: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index += 1) {
    const character = code.charCodeAt(index);
    const value = character < 65 ? character - 48 : character - 65;
    sum += index % 2 === 0 ? ITALIAN_ODD[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

function isNorwegian(id: string): boolean {
  const first = (11 - (weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11)) % 11;
  const second = (11 - (weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return first === Number(id[9]) && second === Number(id[10]);
}

function isGermanInsurance(id: string): boolean {
  const digits = id.slice(0, 8) + String(id.charCodeAt(8) - 64).padStart(2, '0') + id.slice(9, 11);
  const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((total, weight, index) => {
    const product = weight * Number(digits[index]);
    return total + (product % 10) + Math.floor(product / 10);
  }, 0);
  return sum % 10 === Number(id[11]);
}

function isFrench(id: string): boolean {
  const body = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return /^\d{13}$/.test(body) && 97 - remainder(body, 97) === Number(id.slice(13));
}

/** Numbers of persons in Europe. */
export const EUROPEAN_IDS: readonly IdentifierRow[] = [
  [
    'UK national insurance number',
    'likely',
    /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
    '\\bnino\\b|national insurance',
  ],
  [
    'UK NHS number',
    'likely',
    /^\d{10}$/,
    '\\bnhs\\b',
    (id) => (11 - (weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(id[9]),
    /^\d{3}([- ]?)\d{3}\1\d{4}$/,
  ],
  [
    'German tax number',
    'likely',
    /^[1-9]\d{10}$/,
    'steuer-?(?:id|identifikation|nummer)|idnr|\\btin\\b',
    (id) => isMod11And10(id) && /(\d).*\1/.test(id.slice(0, 10)),
  ],
  [
    'German social insurance number',
    'likely',
    /^\d\d(?:[0-2]\d|3[01]|[5-7]\d|8[01])(?:0[1-9]|1[0-2])\d\d[A-Z]\d{3}$/,
    'sozialversicherung|rentenversicherung|rvnr|svnr',
    isGermanInsurance,
  ],
  [
    'French social security number',
    'certain',
    /^[12]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{6}\d\d$/,
    '\\bnir\\b|sécurité sociale|insee',
    isFrench,
  ],
  [
    'Spanish identity number',
    'likely',
    /^\d{7,8}[A-Z]$/,
    '\\bdni\\b|\\bnif\\b',
    (id) => isSpanish(id.slice(0, -1), id.at(-1)!),
    /^\d{7,8}-?[A-Za-z]$/,
  ],
  [
    'Spanish identity number of foreigners',
    'likely',
    /^[XYZ]\d{7}[A-Z]$/,
    '\\bnie\\b|extranjero',
    (id) => isSpanish('XYZ'.indexOf(id[0]!) + id.slice(1, 8), id[8]!),
    /^[XYZxyz]\d{7}-?[A-Za-z]$/,
  ],
  [
    'Italian fiscal code',
    'certain',
    /^[A-Z]{6}\d\d[A-EHLMPR-T][0-7]\d[A-Z]\d{3}[A-Z]$/,
    'codice fiscale|fiscal code',
    isItalian,
  ],
  [
    'Portuguese tax number',
    'named',
    /^[12356]\d{8}$/,
    '\\bnif\\b|contribuinte',
    (id) => ((11 - (weighted(id, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === Number(id[8]),
  ],
  [
    'Dutch citizen service number',
    'named',
    /^\d{9}$/,
    '\\bbsn\\b|burgerservice',
    (id) => weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  ],
  [
    'Belgian national number',
    'certain',
    /^\d{11}$/,
    'rijksregister|registre national|\\bnn\\b',
    (id) =>
      isDay(id.slice(2, 4), id.slice(4, 6)) &&
      [id.slice(0, 9), `2${id.slice(0, 9)}`].some((body) => 97 - remainder(body, 97) === Number(id.slice(9))),
    /^\d\d\.\d\d\.\d\d-\d{3}\.\d\d$/,
  ],
  [
    'Swiss insurance number',
    'certain',
    /^756\d{10}$/,
    '\\bahv\\b|\\bavs\\b',
    (id) => (10 - (weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === Number(id[12]),
    /^756\.\d{4}\.\d{4}\.\d\d$/,
  ],
  [
    'Swedish personal number',
    'likely',
    /^(?:(?:18|19|20)\d\d|\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{4}$/,
    'personnummer|\\bpnr\\b|swedish',
    (id) => isLuhn(id.slice(-10)),
    /^(?:\d\d)?\d{6}[-+]?\d{4}$/,
  ],
  [
    'Finnish personal identity code',
    'certain',
    /^[0-3]\d[01]\d\d\d[-+A-FU-Y]\d{3}[0-9A-Y]$/,
    'henkilötunnus|hetu',
    (id) =>
      isDay(id.slice(2, 4), id.slice(0, 2)) &&
      FINNISH[Number(id.slice(0, 6) + id.slice(7, 10)) % 31] === id[10],
    /^\d{6}[-+A-FU-Ya-fu-y]\d{3}\w$/,
  ],
  ['Norwegian birth number', 'likely', /^[0-7]\d[0-5]\d\d{7}$/, 'fødselsnummer|personnummer', isNorwegian],
  [
    'Danish CPR number',
    'named',
    /^[0-3]\d[01]\d\d{6}$/,
    '\\bcpr\\b',
    (id) => isDay(id.slice(2, 4), id.slice(0, 2)),
    /^\d{6}-?\d{4}$/,
  ],
  [
    'Polish PESEL',
    'likely',
    /^\d\d[02468139]\d[0-3]\d{6}$/,
    'pesel',
    (id) =>
      isDay(Number(id.slice(2, 4)) % 20, id.slice(4, 6)) &&
      (10 - (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(id[10]),
  ],
  [
    'Czech or Slovak birth number',
    'named',
    /^\d\d[0156]\d[0-3]\d{5}$/,
    'rodné|rodne',
    (id) => remainder(id, 11) === 0,
    /^\d{6}\/\d{4}$/,
  ],
];
