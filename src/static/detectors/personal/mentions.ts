/** What a text may speak of, by the words it uses: each is looked for around the words, not all over the text. */
export type Subject = 'number' | 'phone' | 'network' | 'device' | 'street' | 'health';

const WORDS: Readonly<Record<Subject, string>> = {
  number:
    'ssn|social[ _-]?security|itin|tax|taxpayer|sin|nas|social insurance|assurance sociale|medicare|mbi|curp|cpf|rut|nino|national|nhs|steuer|idnr|sozialversicherung|rentenversicherung|rvnr|svnr|nir|sécurité|insee|dni|nif|nie|extranjero|codice|fiscal|contribuinte|bsn|burgerservice|rijksregister|registre|ahv|avs|personnummer|pnr|swedish|henkilötunnus|hetu|fødselsnummer|cpr|pesel|rodné|kimlik|tckn|turkish|south african|rsa|aadhaar|aadhar|uidai|pan|income tax|resident|rrn|korean|thai|tnin|nric|fin|teudat|tfn|passport|reisepass|passeport|pasaporte|passaporto|travel document|driver|driving|führerschein|fahrerlaubnis|permis|patente|krankenkasse|krankenversicher|kvnr|egk|health insurance|identity|personal|credit|debit|card|visa|mastercard|amex|kreditkarte|tarjeta|cc[ _]|iban|account|wallet|bitcoin|btc',
  phone: 'phone|telephone|telefon|téléphone|tel|mobile|cell|fax|whatsapp|handy|móvil|telefono|celular',
  network: 'ip|ipv4|ipv6|client_ip|remote_addr|client|visitor|x-forwarded-for',
  device: 'mac|macs|hardware|ethernet|bssid|wlan|wifi',
  street: 'street|avenue|road|lane|boulevard|lives|address|home_address|shipping|billing',
  health:
    'diagnosis|diagnoses|icd|icd10|hiv|blood_type|bloodtype|medical_record|mrn|prescription|medication|allergies|biometric|fingerprint|faceprint|face_embedding|voiceprint|iris_scan|retina_scan|genotype|dna_sequence',
};

const SUBJECTS = Object.entries(WORDS) as readonly (readonly [Subject, string])[];

interface Lexicon {
  readonly subject: Subject;
  readonly pattern: RegExp;
}

/** Four letters as one number; what is no letter of ASCII counts as none. */
function keyOf(text: string, index: number): number {
  let key = 0;
  for (let at = index; at < index + 4; at += 1) {
    const letter = text.charCodeAt(at) | 32;
    key = (key << 5) | (letter >= 97 && letter <= 122 ? letter & 31 : 0);
    if (key % 32 === 0) return key << (5 * (index + 3 - at));
  }
  return key;
}

/** The lexicons by the first four letters of their words. */
const BY_KEY = new Map<number, Lexicon[]>();
for (const [subject, words] of SUBJECTS) {
  const lexicon = { subject, pattern: new RegExp(`(?:${words})(?![a-zà-ÿ])`, 'iy') };
  for (const word of words.split('|')) {
    const key = keyOf(word, 0);
    const sharing = BY_KEY.get(key);
    if (sharing === undefined) BY_KEY.set(key, [lexicon]);
    else if (!sharing.includes(lexicon)) sharing.push(lexicon);
  }
}

/** The beginnings of all the words, for the table that decides where to look. */
export const MENTION_STARTS: readonly string[] = SUBJECTS.flatMap(([, words]) =>
  words.split('|').map((word) => word.slice(0, 3)),
).filter((start) => /^[\x21-\x7e]{2,3}$/.test(start));

/** The subjects of the word that begins at a place, with the place behind it. */
export function mentionsAt(
  text: string,
  index: number,
): readonly { readonly subject: Subject; readonly end: number }[] {
  const found: { subject: Subject; end: number }[] = [];
  for (const { subject, pattern } of BY_KEY.get(keyOf(text, index)) ?? []) {
    pattern.lastIndex = index;
    if (pattern.test(text)) found.push({ subject, end: pattern.lastIndex });
  }
  return found;
}

/** A health or biometric term that is given a value, and a person beside it. */
export function isHealthRecord(text: string, index: number, end: number): boolean {
  if (!/^["']?\s{0,4}[:=,]\s{0,4}["'[]?[\w.+-]{2}/.test(text.slice(end, end + 16))) return false;
  const around = text.slice(Math.max(0, index - 300), end + 300);
  return /\b(?:patient(?:[-_ ]?(?:name|id))?|(?:full|first|last)[-_ ]?name|date[-_ ]of[-_ ]birth|dob|birth_?date|ssn|mrn)["']?\s{0,4}[:=,]/i.test(
    around,
  );
}
