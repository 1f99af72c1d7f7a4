import type { Expression, Span } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { assembledAccount, isAccount } from './assembled-accounts.ts';
import { allParts, armsOf, leavesOf } from './expressions.ts';
import { fixedRecipient, PAYS } from './fixed-recipients.ts';
import type { Origins } from './origins.ts';
import { type Condition, nameOfTarget } from './settings.ts';

/** Somebody's account that takes the place of another under a condition. */
export interface AccountFind {
  readonly name: 'account-by-condition';
  readonly detail: string;
  readonly span: Span;
}

/** A text without one of these names no account. */
const ACCOUNT_NAMED =
  /\b[A-Z]{2}\d{2} ?[A-Z0-9]{4}|\bbc1[a-z0-9]|0x[0-9a-fA-F]{40}|["'`][13T][1-9A-HJ-NP-Za-km-z]{25,34}["'`]|iban|IBAN|Iban|wallet|payee/;

/** True for a text that may say who is paid. */
export function mayPay(text: string): boolean {
  return ACCOUNT_NAMED.test(text) || PAYS.test(text);
}

/** A sum, a count or a turn: `total > 200`, `made % 10 === 0`, a date, a chance. What a payment is for is compared with words. */
const AMOUNT =
  /[<>]=?\s*(?:[\w.]{1,20}\(\s*["']?)?-?\d|[<>]=?\s*[A-Z][A-Z_]{2,}\b|\d\s*[<>]=?|%\s*\d+\s*(?:===?|!==?)|\brandom\b|\bMath\.random|\bdate\b|\bDate\b|\btoday\(|\.(?:year|month|day|hour)\b/;

/** The account that an expression is whatever happens: a text, a name that the file gives one to, or what is put together from constants. */
function accountOf(value: Expression, text: string, target: string): string | null {
  if (value.kind === 'literal')
    return typeof value.value === 'string' && isAccount(value.value) ? value.value : null;
  return assembledAccount(value, (name) => constantText(name, text), target);
}

/** The text that a file sets a name to. */
function constantText(name: string, text: string): string | null {
  if (!/^\w{2,40}$/.test(name)) return null;
  const set = new RegExp(
    `\\b${name}\\s{0,4}(?::[^=\\n]{1,40})?=\\s{0,4}["'\`]([A-Za-z0-9 +/=]{2,140})["'\`]`,
  ).exec(text);
  return set?.[1] ?? null;
}

/** Where a function takes a fixed account in the place of one that it was given, because of a sum, a count or a date. */
export function accountFinds(fact: FunctionFact, origins: Origins): readonly AccountFind[] {
  const { text } = fact.layer.source;
  const finds: AccountFind[] = [];
  const { settings } = origins.of(fact);
  const textOf = (name: string): string | null => constantText(name, text);
  for (const setting of settings) {
    const { target, value, conditions, span } = setting;
    const name = target === null ? (fact.name ?? '') : nameOfTarget(target);
    const choices = allParts(value).filter(({ kind }) => kind === 'conditional');
    for (const choice of choices.length === 0 ? [value] : choices) {
      const arms = armsOf(choice);
      // Two fixed accounts are a table of the owner's.
      if (arms.length > 1 && arms.every((arm) => accountOf(arm.value, text, name) !== null)) continue;
      for (const arm of arms) {
        const all = [...conditions, ...arm.conditions];
        const by = all.find((condition) => hangsOnAmount(condition, text));
        if (by === undefined) continue;
        const isFixed =
          accountOf(arm.value, text, name) !== null ||
          fixedRecipient(setting, arm.value, all, settings, fact, textOf);
        if (isFixed) finds.push({ name: 'account-by-condition', detail: shownTest(by, text), span });
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
