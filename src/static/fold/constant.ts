/** How a constant came to be: as it stands in the text, put together from pieces, or brought out of hiding by a decoder. */
export type ConstantOrigin = 'plain' | 'assembled' | 'decoded';

/** A value that is known without running anything. Byte strings hold one character a byte. */
export interface Constant {
  readonly value: string | number | boolean | null;
  readonly isBytes: boolean;
  readonly origin: ConstantOrigin;
}

/** Folding stops here; longer results are unknown. */
export const MAX_FOLDED_LENGTH = 1 << 20;

/** A constant as it stands in the text. */
export function plain(value: Constant['value'], isBytes = false): Constant {
  return { value, isBytes, origin: 'plain' };
}

const RANK: Readonly<Record<ConstantOrigin, number>> = { plain: 0, assembled: 1, decoded: 2 };

/** A text made from others: as hidden as the most hidden of them, and at least `least`. Null when it grows too long. */
export function made(
  value: string | number,
  from: readonly Constant[],
  least: ConstantOrigin = 'plain',
): Constant | null {
  if (typeof value === 'string' && value.length > MAX_FOLDED_LENGTH) return null;
  let origin = least;
  let isBytes = false;
  for (const constant of from) {
    if (RANK[constant.origin] > RANK[origin]) origin = constant.origin;
    isBytes ||= constant.isBytes;
  }
  return { value, isBytes: isBytes && typeof value === 'string', origin };
}

/** The constant's text, or null when it is no text. */
export function textOf(constant: Constant | null): string | null {
  return constant !== null && typeof constant.value === 'string' ? constant.value : null;
}
