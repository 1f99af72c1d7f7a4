import { tar } from './tar.ts';
import type { Unpacking } from './unpacking.ts';

/**
 * Hands over what a compressed stream holds: of a tar archive the members, as everyone sees a `.tar.gz` as one archive; else one
 * member, called as the file without its ending.
 */
export async function handOver(unpacking: Unpacking, ending: RegExp, content: Uint8Array): Promise<void> {
  if (tar.recognises(content)) {
    unpacking.reread(content);
    await tar.open(unpacking);
    return;
  }
  const name = unpacking.path.slice(unpacking.path.lastIndexOf('/') + 1).replace(ending, '');
  unpacking.member(name === '' ? 'content' : name, content);
}
