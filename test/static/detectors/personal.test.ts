import { describe, expect, it } from 'vitest';
import type { Language } from '../../../src/model/program.ts';
import { disclosureDetector } from '../../../src/static/detectors/disclosure.ts';
import {
  isIbanSum,
  isLuhn,
  isMod11And10,
  isVerhoeff,
} from '../../../src/static/detectors/personal/checksums.ts';
import { NATIONAL_IDS } from '../../../src/static/detectors/personal/national.ts';

function found(text: string, language: Language = 'text', path = 'people.txt'): readonly string[] {
  return disclosureDetector.inspect(text, language, path).map(({ name }) => name);
}

function details(text: string): string {
  return disclosureDetector
    .inspect(text, 'text', 'people.txt')
    .map(({ detail }) => detail)
    .join('; ');
}

/** A card's number that no provider gave out, with Luhn's digit. */
const card = ((): string => {
  for (let digit = 0; ; digit += 1) if (isLuhn(`453201936482057${digit}`)) return `453201936482057${digit}`;
})();
const iban = ((): string => {
  for (let check = 2; ; check += 1) {
    const candidate = `DE${String(check).padStart(2, '0')}500105175407324931`;
    if (isIbanSum(candidate)) return candidate;
  }
})();
const grouped = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');

describe('checksums', () => {
  it('agree with published examples', () => {
    expect(isLuhn('79927398713')).toBe(true);
    expect(isLuhn('79927398710')).toBe(false);
    expect(isVerhoeff('2363')).toBe(true);
    expect(isVerhoeff('2364')).toBe(false);
    expect(isIbanSum('GB82WEST12345698765432')).toBe(true);
    expect(isIbanSum('GB82WEST12345698765433')).toBe(false);
    expect(isMod11And10('86095742719')).toBe(true);
    expect(isMod11And10('86095742718')).toBe(false);
  });
});

describe('numbers of persons', () => {
  it.each([
    ['payment card number', grouped(card)],
    ['payment card number', `credit card: ${card}`],
    ['IBAN', iban],
    ['IBAN', `Please pay to ${grouped(iban)} until Friday`],
    ['US social security number', 'SSN: 536-22-8174'],
    ['Canadian social insurance number', 'my SIN is 130-692-544'],
    ['Mexican CURP', 'HEGG560427MVZRRL04'],
    ['Brazilian CPF', '111.444.777-35'],
    ['UK NHS number', 'NHS 943 476 5919'],
    ['UK national insurance number', 'NINO: PR 12 36 12 C'],
    ['German tax number', 'Steuer-ID 86 095 742 719'],
    ['French social security number', '2 55 08 14 168 025 38'],
    ['Spanish identity number', 'DNI 12345678Z'],
    ['Italian fiscal code', 'RSSMRA85T10A562S'],
    ['Swiss insurance number', '756.9217.0769.85'],
    ['Finnish personal identity code', '131052-308T'],
    ['Swedish personal number', 'personnummer 811218-9876'],
    ['Polish PESEL', 'PESEL 44051401359'],
    ['Turkish identity number', 'TC Kimlik No: 10000000146'],
    ['South African identity number', 'RSA ID 8001015009087'],
    ['Indian Aadhaar number', 'Aadhaar 3123 4567 8909'],
    ['Chinese identity number', '11010519491231002X'],
    ['passport number', 'Passport: C01X00T47'],
  ])('%s in %s', (title, text) => {
    expect(details(text)).toContain(title);
  });

  it('a checksum that does not fit is none of these', () => {
    for (const text of [
      grouped(card).replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
      iban.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
      '111.444.777-36',
      'RSSMRA85T10A562T',
      '131052-308U',
      '756.9217.0769.86',
      '110105194912310021',
      'PESEL 44051401350',
    ])
      expect(found(text)).toEqual([]);
  });

  it('checksums that are met by chance say nothing', () => {
    // Numbers in a row: one in ten is a PESEL or a personal number by its checksum.
    const rows = Array.from({ length: 60 }, (_, index) => String(44051400000 + index * 7)).join('\n');
    expect(found(rows, 'text', 'counts.csv')).toEqual([]);
  });

  it('names at least 40 of them', () => {
    expect(new Set(NATIONAL_IDS.map(({ title }) => title)).size).toBeGreaterThanOrEqual(38);
  });
});

describe('people', () => {
  it.each([
    ['personal-contact', 'text', 'people.txt', 'k.winter@winterhof.de'],
    ['personal-contact', 'text', 'people.txt', 'my email is info@winterhof.de'],
    ['personal-contact', 'json', 'people.json', '{"tel": "+49 30 901820 47"}'],
    ['personal-contact', 'text', 'people.txt', 'Lives at 1420 Maple Ridge Road, Springfield, IL 62704'],
    ['personal-device-address', 'text', 'access.log', 'client ip 84.23.71.9 said hello'],
    ['personal-device-address', 'text', 'dhcp.log', 'mac 3c:22:fb:9a:41:d7'],
    ['personal-health', 'json', 'p.json', '{"patient_name": "K. Winter", "blood_type": "AB"}'],
  ] as const)('%s in %s of %s', (name, language, path, text) => {
    expect(found(text, language, path)).toEqual([name]);
  });

  it('many of them are a list', () => {
    const list = Array.from({ length: 25 }, (_, index) => `k.winter${index}x@winterhof.de`).join('\n');
    expect(found(list)).toEqual(['personal-contact', 'personal-records']);
  });

  it.each([
    ['text', 'a.txt', 'write to kim@example.com or k.winter@shop.example'],
    ['text', 'a.txt', 'card 4242 4242 4242 4242, 4111-1111-1111-1111'],
    ['text', 'a.txt', 'call +1 415 555 0132 or (415) 555-0199'],
    ['text', 'a.txt', 'server ip 203.0.113.7, gateway ip 10.0.0.1, dns ip 8.8.8.8, ipv6 2001:db8::1'],
    ['text', 'a.txt', 'SSN 078-05-1120 was printed in wallets; 000-12-3456 was never given'],
    ['text', 'LICENSE', 'Copyright (c) 2024 Kim Winter <k.winter@winterhof.de>'],
    ['python', 'app.py', '# Kim Winter (k.winter@winterhof.de)\nVERSION = "1.2.3.4"'],
    ['python', 'app.py', 'git@github.com:kim/winter.git; x @ y; "pkg@1.2.3"; @decorator.name'],
    ['python', 'app.py', 'SEED = 4405140135; T = 1700000000000; H = 12345678901234567890'],
    ['javascript', 'a.js', 'const id = 311049561202; const t = 0.1304569202123456;'],
    ['text', 'a.txt', 'version 12.4.5.6, build 20240131123456, 1:2:3:4'],
    ['json', 'schema.json', '{"diagnosis": {"type": "string"}, "patient_name": {"type": "string"}}'],
    ['markdown', 'docs/guide.md', 'IBAN: ' + iban],
  ] as const)('quiet: %s %s %s', (language, path, text) => {
    expect(found(text, language, path)).toEqual([]);
  });

  it('shows little of what it found', () => {
    expect(details(`credit card: ${card}`)).toBe(`payment card number ${card.slice(0, 4)}… (16 characters)`);
  });
});

describe('hostile input', () => {
  it.each([
    ['digits', '1234567890'.repeat(60_000)],
    ['groups', '4532 0193 '.repeat(60_000)],
    ['mail', 'a@a.'.repeat(150_000)],
    ['words', 'phone ssn passport '.repeat(30_000)],
    ['streets', '12 Maple Street '.repeat(40_000)],
    ['colons', 'mac ip a:b:c:d:'.repeat(40_000)],
    ['health', 'diagnosis: a '.repeat(45_000)],
  ])('is read in linear time: %s', (_name, text) => {
    const before = process.cpuUsage();
    disclosureDetector.inspect(text, 'text', 'a.txt');
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(6_000);
  });
});
