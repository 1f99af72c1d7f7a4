import type { Expression } from '../../model/program.ts';
import type { FunctionFact } from '../facts/facts.ts';
import { allParts } from './expressions.ts';
import type { Setting } from './settings.ts';
import { nameOfTarget } from './settings.ts';
import { isAnswerName, isLabelName, isReferenceName } from './words.ts';

/** So much of a class is read for its fields (UTF-16 units), and so many fields. */
const MAX_CLASS = 1_500;
const MAX_FIELDS = 24;

/** True for the name of what data says of a row, as a field of it. */
export function isLabelField(name: string): boolean {
  return (
    name.length > 1 &&
    (isLabelName(name) ||
      isAnswerName(name) ||
      isReferenceName(name) ||
      /^(?:toxic|spam|hateful|offensive|harmful|sentiment|verdict|correct|is_\w{1,20})$/i.test(name))
  );
}

/** The fields of a class of the file in the order in which they are given: `class Row: prompt: str; answer: int`, `namedtuple("Row", …)`. */
function fieldsOf(name: string, text: string): readonly string[] {
  if (!/^[A-Z]\w{1,40}$/.test(name)) return [];
  const tuple = new RegExp(`\\b${name} = \\w*namedtuple\\([^,\\n]{1,60},([^\\n]{1,300})`).exec(text);
  if (tuple !== null) return (tuple[1]!.match(/[A-Za-z_]\w*/g) ?? []).slice(0, MAX_FIELDS);
  const head = new RegExp(`^class ${name}\\b[^\\n]{0,120}:\\s*$`, 'm').exec(text);
  if (head === null) return [];
  const body = text.slice(head.index + head[0].length, head.index + head[0].length + MAX_CLASS);
  const own = body.split(/\n(?=\S)/, 1)[0] ?? '';
  return [...own.matchAll(/^ {2,8}([a-z_]\w*)\s*:\s/gm)].map(([, field]) => field ?? '').slice(0, MAX_FIELDS);
}

/** Names that an expression puts into the labels of rows: `{"answer": n}`, `Row(text, answer=n)`, `Row(text, n)`. */
function labelledIn(value: Expression, text: string): readonly string[] {
  const found: string[] = [];
  const add = (field: string, part: Expression): void => {
    const inner =
      part.kind === 'call' && part.args.length === 1 && part.callee.kind === 'name'
        ? part.args[0]!.value
        : part;
    if (inner.kind === 'name' && isLabelField(field)) found.push(inner.name);
  };
  for (const part of allParts(value)) {
    if (part.kind === 'record') {
      for (const { key, value: held } of part.entries.slice(0, MAX_FIELDS))
        if (key?.kind === 'literal' && typeof key.value === 'string') add(key.value, held);
    } else if (part.kind === 'call') {
      const fields = part.callee.kind === 'name' ? fieldsOf(part.callee.name, text) : [];
      part.args.slice(0, MAX_FIELDS).forEach((argument, place) => {
        const field = argument.name ?? fields[place];
        if (field !== undefined) add(field, argument.value);
      });
    }
  }
  return found;
}

/** The variables of a function that become labels or right answers of rows. */
export function labelVariables(
  fact: FunctionFact,
  settings: readonly Setting[],
  calls: readonly { readonly call: Expression }[],
): ReadonlySet<string> {
  const { text } = fact.layer.source;
  const names = new Set<string>();
  for (const { target, value } of settings) {
    for (const name of labelledIn(value, text)) names.add(name);
    if (target?.kind === 'index' && value.kind === 'name' && isLabelField(nameOfTarget(target)))
      names.add(value.name);
  }
  for (const { call } of calls) for (const name of labelledIn(call, text)) names.add(name);
  return names;
}
