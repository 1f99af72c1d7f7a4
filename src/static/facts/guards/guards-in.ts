import type { Guard } from '../../../model/evidence.ts';
import type { Expression, Span, Statement } from '../../../model/program.ts';
import { guardOf, isWaiting } from './guard.ts';
import type { Walk } from '../walk/walk.ts';

/** So many parts of a condition, and so much of a helper, are looked at. */
const MAX_PARTS = 24;

/** Notes what a variable that a condition may hang on, or a pattern in it, was made of. */
export function noteCondition(walk: Walk, { target, value }: Extract<Statement, { kind: 'assign' }>): void {
  // A regular expression has no parts.
  const isPattern = value.kind === 'other' && value.children.length === 0;
  if (!isPattern && !/^(?:binary|call|unary|member)$/.test(value.kind)) return;
  if (target.kind === 'name') walk.conditions.set(target.name, value.span);
  else if (target.kind === 'member') walk.conditions.set(`.${target.property}`, value.span);
}

/** What a function that a condition asks gives back, as written. */
function returnedText(walk: Walk, name: string): string | null {
  const callable = walk.moduleFrame.read(name)?.callable ?? null;
  if (callable === null || callable.layer !== walk.layer) return null;
  const { start, end } = callable.definition.span;
  return walk.layer.source.text.slice(start, Math.min(end, start + 1_200));
}

function spanText(walk: Walk, span: Span | undefined): string | null {
  return span === undefined ? null : walk.textOf(span);
}

/**
 * The trigger that a condition is: as it stands, through a variable (`late = date.today() > …; if late`), or through a function of the
 * target (`if is_late():`). The guard's text is the condition as it stands.
 */
export function guardIn(walk: Walk, test: Expression): Guard | null {
  const written = walk.textOf(test.span);
  if (isWaiting(written)) return null;
  const direct = guardOf(written);
  if (direct !== null) return direct;
  const waiting: Expression[] = [test];
  for (let at = 0; at < waiting.length && at < MAX_PARTS; at++) {
    const part = waiting[at]!;
    let made: string | null = null;
    switch (part.kind) {
      case 'name':
        made = spanText(walk, walk.conditions.get(part.name));
        break;
      case 'member':
        made = spanText(walk, walk.conditions.get(`.${part.property}`));
        waiting.push(part.object);
        break;
      case 'call':
        made = part.callee.kind === 'name' ? returnedText(walk, part.callee.name) : null;
        waiting.push(part.callee, ...part.args.map(({ value }) => value));
        break;
      case 'binary':
        waiting.push(part.left, part.right);
        break;
      case 'unary':
        waiting.push(part.operand);
        break;
      case 'other':
        waiting.push(...part.children.slice(0, MAX_PARTS));
        break;
      default:
    }
    const found = made === null ? null : guardOf(made);
    if (found !== null)
      return {
        kind: found.kind,
        text: `${written.replace(/\s+/g, ' ').slice(0, 60)} (${found.text.slice(0, 80)})`,
      };
  }
  return null;
}

/** Evaluates what runs only when a condition holds. */
export function underGuard<Result>(walk: Walk, test: Expression, run: () => Result): Result {
  const before = walk.guard;
  if (walk.quiet === 0) walk.guard = guardIn(walk, test) ?? before;
  const result = run();
  walk.guard = before;
  return result;
}
