import type { Expression } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { assembledText, HOLDS_ACCOUNT } from './assembled-accounts.ts';
import { allParts } from './expressions.ts';
import { type Condition, nameOfTarget, type Setting } from './settings.ts';

/** Who is paid, as a field or a variable. */
const PAID =
  /^(?:to|recipient|receiver|payee|beneficiary|creditor|destination|dest|iban|account|wallet|address)(?:_?(?:address|account|iban|id))?$/i;
/** A sum of money. */
const MONEY = /amount|\bsum\b|total|value|price|balance|gross|\bnet\b|\bfee\b|cents|euros?\b|dollars?\b/i;
/** Somebody is paid here. */
export const PAYS =
  /\b(?:transfers?|payments?|payouts?|withdraw\w{0,4}|remit\w{0,6}|disburse\w{0,5}|refunds?)\b/i;

/** The last name of what a value is read from: `quote.to`, `order["recipient"]`. */
function fieldOf(value: Expression): string {
  if (value.kind === 'member') return value.property;
  if (value.kind === 'index' && value.index.kind === 'literal') return String(value.index.value);
  return value.kind === 'name' ? value.name : '';
}

/** Whether a variable holds whom money goes to: by its name, by what it was read from, by the field that it is put into. */
function isPaid(name: string, settings: readonly Setting[]): boolean {
  if (HOLDS_ACCOUNT.test(name)) return true;
  return settings.some(({ target, value }) => {
    if (nameOfTarget(target) === name && PAID.test(fieldOf(value))) return true;
    return allParts(value).some(
      (part) =>
        part.kind === 'record' &&
        part.entries.some(
          ({ key, value: held }) =>
            key?.kind === 'literal' &&
            typeof key.value === 'string' &&
            PAID.test(key.value) &&
            held.kind === 'name' &&
            held.name === name,
        ),
    );
  });
}

/** Long, without a space, with digits: what an account goes by, whatever its kind. */
function isOpaque(text: string): boolean {
  return /^(?=(?:[^\d]*\d){4})[A-Za-z0-9:_-]{12,120}$/.test(text) && !/^\d{4}-\d\d-\d\d/.test(text);
}

/**
 * What of the code is paid in the place of whoever was given, because of a sum: `if amount > 900: to = checked("7Q4…")`. Accounts that are
 * known by their form are found without that.
 */
export function fixedRecipient(
  setting: Setting,
  value: Expression,
  conditions: readonly Condition[],
  settings: readonly Setting[],
  fact: FunctionFact,
  textOf: (name: string) => string | null,
): boolean {
  const { text } = fact.layer.source;
  const name = nameOfTarget(setting.target);
  if (name === '' || setting.operator !== '=' || !PAYS.test(text)) return false;
  const isOfSum = conditions.some(({ test }) => MONEY.test(text.slice(test.span.start, test.span.end)));
  const joined = isOfSum ? assembledText(value, textOf) : null;
  if (joined === null || !isOpaque(joined) || !isPaid(name, settings)) return false;
  // It was somebody else before.
  const parameters = fact.definition.parameters.some((each) => each.name === name);
  return (
    parameters ||
    settings.some(
      (other) =>
        other !== setting &&
        nameOfTarget(other.target) === name &&
        assembledText(other.value, textOf) === null,
    )
  );
}
