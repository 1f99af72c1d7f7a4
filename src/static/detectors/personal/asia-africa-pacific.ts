import { isDay, isLuhn, isVerhoeff, weighted } from './checksums.ts';
import type { IdentifierRow } from './identifier.ts';

function isTurkish(id: string): boolean {
  const odd = weighted(id, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(id, [0, 1, 0, 1, 0, 1, 0, 1]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return tenth === Number(id[9]) && (odd + even + tenth) % 10 === Number(id[10]);
}

function isChinese(id: string): boolean {
  const sum = weighted(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return isDay(id.slice(10, 12), id.slice(12, 14)) && '10X98765432'[sum % 11] === id[17];
}

function isSingaporean(id: string): boolean {
  const sum = weighted(id.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (/[TG]/.test(id[0]!) ? 4 : 0);
  return (/[ST]/.test(id[0]!) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === id[8];
}

function isKorean(id: string): boolean {
  return (11 - (weighted(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === Number(id[12]);
}

/** Numbers of persons in Asia, Africa and the Pacific. */
export const ASIAN_AFRICAN_PACIFIC_IDS: readonly IdentifierRow[] = [
  ['Turkish identity number', 'likely', /^[1-9]\d{10}$/, 'kimlik|tckn|turkish', isTurkish],
  [
    'South African identity number',
    'likely',
    /^\d\d[01]\d[0-3]\d\d{4}[012][89]\d$/,
    'south african|\\b(?:rsa|sa) id\\b',
    (id) => isDay(id.slice(2, 4), id.slice(4, 6)) && isLuhn(id),
  ],
  [
    'Indian Aadhaar number',
    'likely',
    /^[2-9]\d{11}$/,
    'aadh?aar|uidai',
    isVerhoeff,
    /^\d{4}([ :-]?)\d{4}\1\d{4}$/,
  ],
  ['Indian PAN', 'likely', /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/, '\\bpan\\b|income tax'],
  [
    'Chinese identity number',
    'certain',
    /^[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]$/,
    '身份证|resident identity',
    isChinese,
  ],
  [
    'Korean resident number',
    'likely',
    /^\d\d[01]\d[0-3]\d[1-8]\d{6}$/,
    '주민|\\brrn\\b|korean|resident registration',
    (id) => isDay(id.slice(2, 4), id.slice(4, 6)) && isKorean(id),
    /^\d{6}-?\d{7}$/,
  ],
  [
    'Korean resident number',
    'named',
    /^\d\d[01]\d[0-3]\d[1-8]\d{6}$/,
    '주민|\\brrn\\b|resident registration',
    (id) => isDay(id.slice(2, 4), id.slice(4, 6)),
    /^\d{6}-?\d{7}$/,
  ],
  [
    'Thai identity number',
    'likely',
    /^[1-8]\d{12}$/,
    'thai|บัตรประชาชน|ประจำตัวประชาชน|\\btnin\\b',
    (id) => (11 - (weighted(id, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(id[12]),
  ],
  ['Singaporean identity number', 'likely', /^[STFG]\d{7}[A-Z]$/, 'nric|\\bfin\\b', isSingaporean],
  ['Israeli identity number', 'named', /^\d{9}$/, 'teudat|israeli id', isLuhn],
  [
    'Australian tax file number',
    'named',
    /^\d{9}$/,
    '\\btfn\\b|tax file',
    (id) => weighted(id, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  ],
  [
    'Australian Medicare number',
    'likely',
    /^[2-6]\d{9}$/,
    'medicare',
    (id) => weighted(id, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(id[8]),
  ],
];
