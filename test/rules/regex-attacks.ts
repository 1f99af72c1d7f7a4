import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** What a class of characters is tried with. */
const CHARACTERS = ' a0A_-./\n\t"\'=:;,(){}[]<>|&$\\#@!*+?~`^%éx1';
/** More repetitions than these count as any number. */
const MANY = 20;
const MAX_DEPTH = 30;
/** Ends that most expressions fail at. */
const ENDS = ['\u0001', '\n\u0001', '!'];

type Node = AST.Pattern | AST.Alternative | AST.Element;

function ofClass(node: Node, flags: string): readonly string[] {
  const single = new RegExp(`^(?:${node.raw})$`, flags.replace(/[gy]/g, ''));
  const found = [...CHARACTERS].filter((character) => single.test(character)).slice(0, 4);
  return found.length === 0 ? ['a'] : found;
}

/** The shortest text that a part of an expression matches. */
function sampleOf(node: Node, flags: string, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  switch (node.type) {
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return sampleOf(node.alternatives[0]!, flags, depth + 1);
    case 'Alternative':
      return node.elements.map((element) => sampleOf(element, flags, depth + 1)).join('');
    case 'Quantifier':
      return sampleOf(node.element, flags, depth + 1).repeat(Math.min(node.min, 200));
    case 'Character':
      return String.fromCodePoint(node.value);
    case 'CharacterClass':
    case 'CharacterSet':
      return ofClass(node, flags)[0]!;
    default:
      return '';
  }
}

/** Texts that a repeated part matches, by different ways through it. */
function samplesOf(node: AST.Element, flags: string): readonly string[] {
  if (node.type === 'CharacterClass' || node.type === 'CharacterSet') return ofClass(node, flags);
  if (node.type !== 'Group' && node.type !== 'CapturingGroup') return [sampleOf(node, flags)];
  const found = new Set<string>();
  for (const alternative of node.alternatives.slice(0, 6)) {
    found.add(sampleOf(alternative, flags));
    const full = alternative.elements.map((element) =>
      element.type === 'Quantifier' && element.min === 0
        ? sampleOf(element.element, flags)
        : sampleOf(element, flags),
    );
    found.add(full.join(''));
    for (const element of alternative.elements) {
      if (element.type !== 'Quantifier') continue;
      for (const sample of samplesOf(element.element, flags).slice(0, 3)) found.add(sample);
    }
  }
  return [...found].slice(0, 10);
}

function prefixOf(node: AST.Quantifier, flags: string): string {
  let prefix = '';
  let inner: AST.Node = node;
  for (let outer: AST.Node | null = node.parent; outer !== null; outer = outer.parent) {
    if (outer.type === 'Alternative') {
      const before = outer.elements.slice(0, outer.elements.indexOf(inner as AST.Element));
      prefix = before.map((element) => sampleOf(element, flags)).join('') + prefix;
    }
    inner = outer;
  }
  return prefix;
}

/** The parts of an expression that repeat. */
function* repetitionsIn(node: AST.Node): Generator<AST.Quantifier> {
  if (node.type === 'Quantifier') {
    if (node.max > MANY) yield node;
    yield* repetitionsIn(node.element);
  } else if ('alternatives' in node) {
    for (const alternative of node.alternatives) yield* repetitionsIn(alternative);
  } else if (node.type === 'Alternative') {
    for (const element of node.elements) yield* repetitionsIn(element);
  }
}

/**
 * Texts of about a length that lead a regular expression into its repetitions and let it fail behind them.
 * @param source without slashes
 */
export function attacksOn(source: string, flags: string, length: number): readonly string[] {
  const pattern = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, undefined, undefined, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  });
  const found = new Set<string>();
  for (const repetition of repetitionsIn(pattern)) {
    const prefix = prefixOf(repetition, flags);
    for (const sample of samplesOf(repetition.element, flags)) {
      if (sample === '') continue;
      const body = sample.repeat(Math.ceil(length / sample.length));
      for (const end of ENDS) found.add(prefix + body + end);
    }
  }
  return [...found];
}
