import { textOf } from '../fold/constant.ts';
import { decode } from '../fold/decoders.ts';
import type { BoundArguments } from './arguments.ts';
import { constantValue, type Value } from './value.ts';

/** What a command that undoes an encoding prints, when it is known what it is given; else null. */
export function decodedOutput(command: string, args: BoundArguments): Value | null {
  const stdin = args.named.get('stdin');
  const text = textOf(stdin?.constant ?? null);
  if (text === null) return null;
  const isDecoding = ['-d', '--decode', '-D'].some((option) => args.named.has(option));
  const decoder =
    command === 'base64' && isDecoding
      ? 'base64'
      : command === 'base32' && isDecoding
        ? 'base32'
        : command === 'rev'
          ? 'reverse'
          : command === 'xxd' && args.named.has('-r')
            ? 'hex'
            : null;
  const hidden = decoder === null ? null : decode(decoder, text.trim());
  return hidden === null
    ? null
    : constantValue({ value: hidden, isBytes: false, origin: 'decoded' }, stdin?.node ?? 0);
}
