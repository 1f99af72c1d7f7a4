import { isBase58Check } from '../secrets/base58.ts';
import { isBech32 } from '../secrets/structure.ts';
import { isIbanSum, isLuhn } from './checksums.ts';
import type { Identifier } from './identifier.ts';

/** Numbers that payment providers give out to test with; they charge nobody. */
const TEST_CARDS = new Set(
  `4111111111111111 4242424242424242 4012888888881881 4222222222222 4000056655665556 4000002500003155 4000000000000002 5555555555554444
  5105105105105100 2223003122003222 5200828282828210 378282246310005 371449635398431 378734493671000 6011111111111117 6011000990139424
  30569309025904 38520000023237 3530111333300000 3566002020360505 5019717010103742 5610591081018250 6331101999990016 6759649826438453
  4917610000000000 4444333322221111 5454545454545454 6200000000000005 4000000000003220 4917484589897107 4001919257537193`
    .split(/\s+/)
    .filter((card) => card !== ''),
);

/** Networks by the first digits of their cards, with the lengths they use (ISO/IEC 7812). */
const NETWORK =
  /^(?:4\d{12}(?:\d{3}(?:\d{3})?)?|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|(?:6011|65\d\d|64[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|(?:50|5[6-8]|6[37])\d{14}|62\d{14})$/;

/** Lengths of IBANs by country (SWIFT's registry). */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27
  GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
  MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28
  TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`
    .split(/\s+/)
    .filter((entry) => entry !== '')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** Countries that have IBANs, as these begin. */
export const IBAN_COUNTRIES = [...IBAN_LENGTHS.keys()];

/** Numbers by which somebody pays or is paid. */
export const MONEY: readonly Identifier[] = [
  {
    title: 'payment card number',
    group: 'personal-payment-card',
    weight: 'likely',
    shape: NETWORK,
    written: /^(?:\d{12,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{3})?|3\d{3}([ -])\d{6}\2\d{4,5})$/,
    isValid: (card) => isLuhn(card) && !TEST_CARDS.has(card) && !/(\d)\1{6}/.test(card),
    context:
      /card|visa|mastercard|amex|american express|\bpan\b|\bcc(?:[\s_-]?n(?:um(?:ber)?|o))?\b|kreditkarte|tarjeta|carte/i,
  },
  {
    title: 'IBAN',
    group: 'personal-bank-account',
    weight: 'certain',
    shape: /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/,
    written: /^[A-Z]{2}\d\d(?:[A-Z0-9]{11,30}|([ -])[A-Z0-9]{4}(?:\1[A-Z0-9]{4}){1,6}(?:\1[A-Z0-9]{1,4})?)$/,
    isValid: (iban) =>
      IBAN_LENGTHS.get(iban.slice(0, 2)) === iban.length && isIbanSum(iban) && !/^..\d\d0+$/.test(iban),
    context: /iban|account|konto/i,
  },
  {
    title: 'wallet address',
    group: 'personal-bank-account',
    weight: 'likely',
    shape: /^(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{39,59})$/,
    isValid: (address) => (address.startsWith('bc1') ? isBech32(address) : isBase58Check(address)),
    context: /wallet|bitcoin|\bbtc\b|address/i,
  },
];
