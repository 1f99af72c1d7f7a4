/** What clauses of contracts have, and what is written for agents and those who use them seldom has. */
const SIGNS: readonly RegExp[] = [
  /\bshall\b/i,
  /\b(?:here|there)(?:by|in|of|to|under|with|after|inabove|inafter|upon)\b|\b(?:foregoing|aforesaid|notwithstanding|pursuant to|set forth)\b/i,
  /(?<!\b(?:the|a|an|your|each|every|any) )\b(?:(?:Sub)?(?:Landlord|Tenant|Lessor|Lessee|[Ll]andlord|[Tt]enant)|Licensor|Licensee|Guarantor|Borrower|Lender|Purchaser)(?:[’']s)?\b/,
  /\b(?:Premises|(?:Sub)?[Ll]ease|Lease Term|Agreement|Parties|Operating Costs?|Common Areas?)\b(?<=[A-Z]\w{4,12}(?: [A-Z]\w{2,9})?)/,
  /\b[a-z]+ \(\d{1,4}\)/,
  /\b(?:indemnif\w+|covenants?|construed|subordinated|sublet\w*|good and valuable consideration|written notice|without limitation|relieve)\b/i,
  /\(?\b[ivx]{2,4}\) above\b|\bas used (?:in|herein)\b/i,
];

/** Whoever is spoken to in one of these is no party to a contract. */
const TO_READERS =
  /\b(?:you|your|agents?|assistants?|claude|skills?|scripts?|repositor(?:y|ies)|summar(?:y|ies)|nobody|hardly anyone)\b|https?:|`/i;

/** True for a clause of a contract: two signs of it, and nobody spoken to who reads it. It binds its parties and is no order. */
export function isContractClause(text: string): boolean {
  if (TO_READERS.test(text)) return false;
  let signs = 0;
  for (const sign of SIGNS) if (sign.test(text) && ++signs === 2) return true;
  return false;
}
