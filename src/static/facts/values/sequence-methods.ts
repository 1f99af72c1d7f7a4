import { made, plain, textOf } from '../../fold/constant.ts';
import { asText } from '../../fold/decoders.ts';
import { bytesOf, type Caller, filtered, mapped, MAX_ELEMENTS, numberOf, reduced } from './sequences.ts';
import { entryThatMatters } from '../calls/handed-paths.ts';
import { anyEntry } from './choices.ts';
import { constantValue, listValue, type Value } from './value.ts';
import type { Walk } from '../walk/walk.ts';

/** What a method of a list or table gives; null for any other, or when it is not known. */
export function foldSequenceMethod(
  walk: Walk,
  receiver: Value,
  method: string,
  given: readonly Value[],
  call: Caller,
): Value | null {
  const [first, second] = given;
  const { entries, elements } = receiver;
  if (entries !== null && receiver.name === null) {
    const key = textOf(first?.constant ?? null);
    switch (method) {
      case 'get':
        return key === null
          ? (entryThatMatters(walk, receiver, first) ?? anyEntry(receiver))
          : (entries.get(key) ?? second ?? null);
      case 'keys':
        return listValue([...entries.keys()].map((each) => constantValue(plain(each))));
      case 'values':
        return listValue([...entries.values()]);
      case 'items':
        return listValue([...entries].map(([each, value]) => listValue([constantValue(plain(each)), value])));
    }
    return null;
  }
  if (method === 'translate' && receiver.constant !== null && first !== undefined && first.entries !== null) {
    const text = textOf(receiver.constant);
    const table = first.entries;
    if (text === null || text.length > MAX_ELEMENTS * 16) return null;
    const out = [...text].map((each) => textOf(table.get(each)?.constant ?? null) ?? each).join('');
    return constantValue(made(out, [receiver.constant], 'decoded'));
  }
  if (elements === null || elements.length > MAX_ELEMENTS) return null;
  switch (method) {
    case 'map':
    case 'flatMap':
      return first === undefined ? null : mapped(elements, call, first, true);
    case 'filter':
      return first === undefined ? null : filtered(elements, call, first);
    case 'reduce':
      return first === undefined ? null : reduced(elements, call, first, second);
    case 'slice':
      return listValue(elements.slice(numberOf(first) ?? 0, numberOf(second) ?? undefined));
    case 'concat':
      return listValue(
        [...elements, ...given.flatMap((each) => each.elements ?? [each])].slice(0, MAX_ELEMENTS),
      );
    case 'reverse':
    case 'toReversed':
      return listValue([...elements].reverse());
    case 'copy':
    case 'values':
      return receiver;
    case 'at': {
      const at = numberOf(first);
      return at === null ? null : (elements.at(at) ?? null);
    }
    case 'indexOf':
    case 'index': {
      const sought = first?.constant?.value;
      if (sought === undefined || !elements.every(({ constant }) => constant !== null)) return null;
      return constantValue(plain(elements.findIndex(({ constant }) => constant?.value === sought)));
    }
    case 'pop':
    case 'shift':
      return (method === 'pop' ? elements.at(numberOf(first) ?? -1) : elements[0]) ?? null;
    case 'decode':
    case 'toString': {
      const bytes = walk.language === 'python' || receiver.name === 'Buffer' ? bytesOf(elements) : null;
      return bytes === null
        ? null
        : constantValue({ value: asText(bytes), isBytes: false, origin: 'decoded' });
    }
    default:
      return null;
  }
}
