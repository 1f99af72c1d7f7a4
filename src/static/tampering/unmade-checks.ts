import type { Statement } from '../../model/program.ts';
import type { PlacedDetection } from '../file-view.ts';
import type { Facts, FunctionFact } from '../facts/facts.ts';

/** What a tool says that it does. */
const CHECKS =
  /\b(?:verif(?:y|ies|ication)|validat(?:e|es|ion)|check(?:s|ing)?|authenticat(?:e|es|ion)|authoriz(?:e|es|ation))/i;
/** What is handed over to be held against something: without it nothing can be told. */
const PROOF =
  /^(?:\w{1,30}_)?(?:sig|signature|checksum|digest|hmac|hash|md5|sha1|sha256|sha512|certificate|public_?key|password|passphrase|otp|totp)(?:_(?:hex|b64|base64|value|str|bytes))?$/i;
/** Who says that it is not made yet promises nothing. */
const UNMADE =
  /\bnot[ _-]?implemented|\bunimplemented|\bto-?do\b|\bplaceholder|\bmock(?:ed|s)?\b|\bstub\b|\bdummy\b|\bfake\b/i;
/** So much of a function is read. */
const MAX_BODY = 4_000;
const MAX_DOCUMENTATION = 2_000;

/**
 * Tools that say they hold something against a signature, a checksum or a password, give an outcome, and never look at what it was to be
 * held against. Name: `check-not-made`.
 */
export function unmadeChecks(facts: Facts): readonly PlacedDetection[] {
  return facts.functions.flatMap((fact) => {
    const proof = fact.isTool ? unusedProofOf(fact) : null;
    return proof === null
      ? []
      : [{ name: 'check-not-made', detail: proof, span: fact.definition.span, layer: fact.layer }];
  });
}

function unusedProofOf({ definition, name, layer }: FunctionFact): string | null {
  const words = `${(name ?? '').replace(/_/g, ' ')} ${(definition.documentation ?? '').slice(0, MAX_DOCUMENTATION)}`;
  if (!CHECKS.test(words)) return null;
  const { parameters, body } = definition;
  const proofs = parameters.filter((each) => each.rest === null && PROOF.test(each.name));
  // What is checked stands beside what proves it.
  if (proofs.length === 0 || parameters.length < 2 || !body.some(givesOutcome)) return null;
  const text = body
    .filter((statement) => !(statement.kind === 'expression' && statement.expression.kind === 'literal'))
    .map(({ span }) => layer.source.text.slice(span.start, span.end))
    .join('\n');
  if (text.length > MAX_BODY || UNMADE.test(text) || UNMADE.test(words)) return null;
  // Everything it was given may be read at once.
  if (/\blocals\(\)|\barguments\b/.test(text)) return null;
  return proofs.find((each) => !new RegExp(`\\b${each.name}\\b`).test(text))?.name ?? null;
}

/** It gives back something that stands in it, on some way. */
function givesOutcome(statement: Statement): boolean {
  if (statement.kind === 'return')
    return statement.value?.kind === 'literal' || statement.value?.kind === 'record';
  return statement.kind === 'branch' && statement.branches.some((branch) => branch.some(givesOutcome));
}
