import type { Lowering } from './lowering.ts';

/** CPython compares identifiers in NFKC form (PEP 3131), so `ｅｖａｌ` is `eval`. */
export function identifierText(lowering: Lowering, row: number): string {
  const name = lowering.text(row);
  for (let at = 0; at < name.length; at++) {
    if (name.charCodeAt(at) > 127) {
      return name.normalize('NFKC');
    }
  }
  return name;
}

/** The text of a dotted name without the spaces that may stand around its dots. */
export function dottedName(lowering: Lowering, row: number): string {
  const name = identifierText(lowering, row);
  return /^[\w.]+$/.test(name) ? name : name.replace(/\\?\s+|#.*/g, '');
}
