import { LANGUAGES } from '../concepts.ts';
import type { Words } from '../concepts.ts';
import { ARABIC } from './arabic.ts';
import { CHINESE } from './chinese.ts';
import { CROATIAN } from './croatian.ts';
import { DUTCH } from './dutch.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { ITALIAN } from './italian.ts';
import { JAPANESE } from './japanese.ts';
import { KOREAN } from './korean.ts';
import { POLISH } from './polish.ts';
import { PORTUGUESE } from './portuguese.ts';
import { RUSSIAN } from './russian.ts';
import { SPANISH } from './spanish.ts';
import { TURKISH } from './turkish.ts';

/** The words of every language, each with its bit of {@link LANGUAGES}. */
export const WORDS: readonly (readonly [number, Words])[] = [
  [LANGUAGES.english, ENGLISH],
  [LANGUAGES.german, GERMAN],
  [LANGUAGES.french, FRENCH],
  [LANGUAGES.spanish, SPANISH],
  [LANGUAGES.italian, ITALIAN],
  [LANGUAGES.portuguese, PORTUGUESE],
  [LANGUAGES.dutch, DUTCH],
  [LANGUAGES.russian, RUSSIAN],
  [LANGUAGES.chinese, CHINESE],
  [LANGUAGES.japanese, JAPANESE],
  [LANGUAGES.croatian, CROATIAN],
  [LANGUAGES.polish, POLISH],
  [LANGUAGES.korean, KOREAN],
  [LANGUAGES.turkish, TURKISH],
  [LANGUAGES.arabic, ARABIC],
];
