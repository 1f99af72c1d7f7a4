import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** What a class of characters is filled with. */
const CHARACTERS = [...'abcdefgorstyn0_-. '];

/** Numbers from 0 up to 1, the same in each run (xorshift). */
function numbers(): () => number {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function textOf(node: AST.Pattern | AST.Alternative | AST.Element, next: () => number): string {
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return textOf(node.alternatives[Math.floor(next() * node.alternatives.length)]!, next);
    case 'Alternative':
      return node.elements.map((element) => textOf(element, next)).join('');
    case 'Quantifier': {
      const times = node.min + Math.floor(next() * (Math.min(node.max, node.min + 2) - node.min + 1));
      return Array.from({ length: times }, () => textOf(node.element, next)).join('');
    }
    case 'Character':
      return String.fromCodePoint(node.value);
    case 'CharacterClass':
    case 'CharacterSet': {
      const single = new RegExp(`^(?:${node.raw})$`);
      const fitting = CHARACTERS.filter((character) => single.test(character));
      return fitting[Math.floor(next() * fitting.length)] ?? 'x';
    }
    default:
      return '';
  }
}

/** Texts that a regular expression matches, by ways through it that are taken at random, in any case of letters. */
export function matchingTexts(source: string, count: number): readonly string[] {
  const parsed = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source);
  const pattern = new RegExp(source, 'i');
  const next = numbers();
  return Array.from({ length: count }, () => textOf(parsed, next)).filter((text) => pattern.test(text));
}
