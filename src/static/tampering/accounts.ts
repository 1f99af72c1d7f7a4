import type { Expression, Span } from '../../model/program.ts';
import { isIbanSum } from '../detectors/personal/checksums.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { allParts, armsOf, leavesOf } from './expressions.ts';
import type { Origins } from './origins.ts';
import type { Condition } from './settings.ts';

/** Somebody's account that takes the place of another under a condition. */
export interface AccountFind {
  readonly name: 'account-by-condition';
  readonly detail: string;
  readonly span: Span;
}

/** A text without one of these names no account. */
export const MAY_PAY =
  /\b[A-Z]{2}\d{2} ?[A-Z0-9]{4}|\bbc1[a-z0-9]|0x[0-9a-fA-F]{40}|["'`][13T][1-9A-HJ-NP-Za-km-z]{25,34}["'`]/;

const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const WALLET =
  /^(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{20,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})$/;
/** A sum, a count or a turn: `total > 200`, `made % 10 === 0`, a date, a chance. What a payment is for is compared with words. */
const AMOUNT =
  /[<>]=?\s*-?\d|\d\s*[<>]=?|%\s*\d+\s*(?:===?|!==?)|\brandom\b|\bMath\.random|\bdate\b|\bDate\b|\btoday\(|\.(?:year|month|day|hour)\b/;

/** Whether a text is the number of an account, whoever holds it. */
function isAccount(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  if (plain.length < 15 || plain.length > 100) return false;
  return WALLET.test(plain) || (IBAN.test(plain) && isIbanSum(plain));
}

/** The account that an expression is whatever happens: a text, or a name that the file gives one to. */
function accountOf(value: Expression, text: string): string | null {
  if (value.kind === 'literal')
    return typeof value.value === 'string' && isAccount(value.value) ? value.value : null;
  if (value.kind !== 'name' || !/^\w{2,40}$/.test(value.name)) return null;
  const set = new RegExp(
    `\\b${value.name}\\s{0,4}(?::[^=\\n]{1,40})?=\\s{0,4}["'\`]([A-Za-z0-9 ]{15,100})["'\`]`,
  ).exec(text);
  return set !== null && isAccount(set[1]!) ? set[1]! : null;
}

/** Where a function takes a fixed account in the place of one that it was given, because of a sum, a count or a date. */
export function accountFinds(fact: FunctionFact, origins: Origins): readonly AccountFind[] {
  const { text } = fact.layer.source;
  const finds: AccountFind[] = [];
  for (const { value, conditions, span } of origins.of(fact).settings) {
    const choices = allParts(value).filter(({ kind }) => kind === 'conditional');
    for (const choice of choices.length === 0 ? [value] : choices) {
      const arms = armsOf(choice);
      // Two fixed accounts are a table of the owner's.
      if (arms.length > 1 && arms.every((arm) => accountOf(arm.value, text) !== null)) continue;
      for (const arm of arms) {
        const account = accountOf(arm.value, text);
        if (account === null) continue;
        const by = [...conditions, ...arm.conditions].find((condition) => hangsOnAmount(condition, text));
        if (by !== undefined) finds.push({ name: 'account-by-condition', detail: shownTest(by, text), span });
      }
    }
  }
  return finds;
}

function shownTest({ test }: Condition, text: string): string {
  return text.slice(test.span.start, test.span.end).replace(/\s+/g, ' ').slice(0, 80);
}

function hangsOnAmount({ test }: Condition, text: string): boolean {
  return leavesOf(test).some(({ span }) =>
    AMOUNT.test(text.slice(span.start, Math.min(span.end, span.start + 200))),
  );
}
