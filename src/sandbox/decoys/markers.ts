import type { Decoy } from './decoys.ts';

/** How a marker was dressed up. */
export type Disguise = 'plain' | 'base64' | 'hex' | 'reversed';

/**
 * Finds decoys' markers in a text, plain or encoded. A marker is hexadecimal digits, which URL encoding leaves as they are. Base64 is
 * looked for at each of the three places where a marker can begin inside a group of three bytes.
 * @param text what left, or tried to: an address, a command line, output
 */
export function findMarkers(
  text: string,
  decoys: readonly Decoy[],
): readonly { readonly decoy: Decoy; readonly disguise: Disguise }[] {
  const lower = text.toLowerCase();
  return decoys.flatMap((decoy) => {
    const disguise = disguiseOf(decoy.marker, text, lower);
    return disguise === null ? [] : [{ decoy, disguise }];
  });
}

function disguiseOf(marker: string, text: string, lower: string): Disguise | null {
  if (lower.includes(marker)) return 'plain';
  if (lower.includes([...marker].reverse().join(''))) return 'reversed';
  if (lower.includes(Buffer.from(marker).toString('hex'))) return 'hex';
  if (inBase64(marker, text)) return 'base64';
  return null;
}

function inBase64(marker: string, text: string): boolean {
  const joined = text.replace(/[\r\n]/g, '');
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(marker)]).toString('base64');
    // The first and last characters mix with the neighbours' bits.
    const start = offset === 0 ? 0 : 4;
    const certain = encoded.slice(start, -4);
    if (joined.includes(certain) || joined.includes(certain.replace(/\+/g, '-').replace(/\//g, '_')))
      return true;
  }
  return false;
}
