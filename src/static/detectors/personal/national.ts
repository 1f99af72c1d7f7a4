import { AMERICAN_IDS } from './americas.ts';
import { ASIAN_AFRICAN_PACIFIC_IDS } from './asia-africa-pacific.ts';
import { EUROPEAN_IDS } from './europe.ts';
import type { Identifier, IdentifierRow } from './identifier.ts';

/** `national id`, `ID number`: what any of them may be called. */
const ANY_ID =
  'national[\\s_-]?(?:id|identi\\w+|number)|identity (?:code|number|card)|personal[\\s_-]?(?:id|number|code)|\\bid (?:number|code)\\b';

/** Papers whose numbers have the same form in many countries. */
const PAPERS: readonly IdentifierRow[] = [
  [
    'passport number',
    'named',
    /^(?:[A-Z]{1,3}\d{6,8}|\d{9}|[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8})$/,
    'passport|reisepass|passeport|pasaporte|passaporto|travel document',
  ],
  [
    'driving licence number',
    'named',
    /^(?=.*\d{4})[A-Z0-9]{7,16}$/,
    'driv(?:er|ing)[\\W_]{0,3}s?[\\s_-]?licen[cs]e|führerschein|fahrerlaubnis|permis de conduire|patente di guida',
  ],
  [
    'health insurance number',
    'named',
    /^[A-Z]\d{9}$/,
    'krankenkasse|krankenversicher|kvnr|egk|health insurance',
  ],
];

const ROWS = [...AMERICAN_IDS, ...EUROPEAN_IDS, ...ASIAN_AFRICAN_PACIFIC_IDS, ...PAPERS];

/** Numbers that states and insurances give to persons. */
export const NATIONAL_IDS: readonly Identifier[] = ROWS.map(
  ([title, weight, shape, context, isValid, written]) => ({
    title,
    group: 'personal-identifier',
    weight,
    shape,
    context: new RegExp(weight === 'named' ? context : `${context}|${ANY_ID}`, 'i'),
    isValid: isValid ?? (() => true),
    ...(written === undefined ? {} : { written }),
  }),
);
