/**
 * A program for x86-64 Linux that opens the file that its first argument names, reads from it by system calls alone, and ends with the
 * first byte as its status. Put together here: ELF, one segment, no C library.
 */
export function readerProgram(): Uint8Array {
  const code = Buffer.from(
    [
      '488b7c2410', // mov rdi, [rsp+16]: the first argument
      '31f6', // xor esi, esi: O_RDONLY
      'b802000000', // mov eax, 2: open
      '0f05', // syscall
      '89c7', // mov edi, eax
      '4883ec40', // sub rsp, 64
      '4889e6', // mov rsi, rsp
      'ba40000000', // mov edx, 64
      '31c0', // xor eax, eax: read
      '0f05', // syscall
      '0fb63c24', // movzx edi, byte [rsp]
      'b83c000000', // mov eax, 60: exit
      '0f05', // syscall
    ].join(''),
    'hex',
  );
  const [address, headers] = [0x400000n, 64 + 56];
  const header = Buffer.alloc(headers);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1], 0);
  header.writeUInt16LE(2, 16); // executable
  header.writeUInt16LE(62, 18); // x86-64
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(address + BigInt(headers), 24); // entry
  header.writeBigUInt64LE(64n, 32); // program headers
  header.writeUInt16LE(64, 52);
  header.writeUInt16LE(56, 54);
  header.writeUInt16LE(1, 56);
  const segment = header.subarray(64);
  segment.writeUInt32LE(1, 0); // load
  segment.writeUInt32LE(5, 4); // read, execute
  segment.writeBigUInt64LE(address, 16);
  segment.writeBigUInt64LE(address, 24);
  const size = BigInt(headers + code.length);
  segment.writeBigUInt64LE(size, 32);
  segment.writeBigUInt64LE(size, 40);
  segment.writeBigUInt64LE(4096n, 48);
  return Buffer.concat([header, code]);
}
