import type { Words } from '../concepts.ts';

/** Croatian, of which only the core is known: dropping what was said, showing the own instructions. */
export const CROATIAN: Words = {
  disregard: 'zaboravi zaboravite ignoriraj ignorirajte ignoriši ignorišite zanemari zanemarite',
  reveal: 'pokaži pokažite otkrij otkrijte ispiši ispišite',
  instruction: 'instrukcije uputstva upute naredbe naputke instrukcija uputa prompt',
  matter: 'pravila informacije tekst',
  everything: 'sve',
  prior: 'prethodne prethodna ranije prije gore',
  all: 'sve svih sva',
  yours: 'svoje tvoje',
  told: 'rekao rečeno znaš',
  not: 'ne nemoj nemojte nikada',
  'system-prompt': 'sistemski_prompt sustavski_prompt',
};
