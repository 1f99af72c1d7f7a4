import { signatureOf } from '../decode/magic.ts';

/** Something seen of a file as a whole, without a place in its text; rules ask for it by name, as for a text detector's finds. */
export interface FileDetection {
  readonly name: string;
  /** What was found, for `{detail}` in a message. */
  readonly detail: string;
}

/** How libraries are called that a program loads: their users expect machine code. */
const LIBRARY_NAME = /\.(?:so(?:\.[\w.-]+)?|pyd|node|dll|dylib|a|o|obj|lib)$/i;

/** Names under which nobody expects a program. */
const DATA_NAME =
  /\.(?:png|jpe?g|gif|webp|svg|ico|bmp|tiff?|txt|md|mdx|rst|json|ya?ml|toml|csv|tsv|xml|html?|css|py|pyi|ipynb|[cm]?[jt]sx?|sh|log|pdf|docx?|xlsx?|pptx?|ttf|otf|woff2?|mp[34]|wav|ogg|lock|cfg|ini|conf|env|npy|npz)$|:(?:appended|between|comment)$/i;

/** Machine code, by the beginning of its signature's name in `decode/magic.ts`. */
const NATIVE = /^an? (?:ELF|Mach-O|Windows) program/;
const JAVA_CLASS = [0xca, 0xfe, 0xba, 0xbe];
/** Class files count their versions from 45 on; a fat Mach-O holds a handful of architectures at the same place. */
const FIRST_JAVA_VERSION = 45;
const LUA = [0x1b, 0x4c, 0x75, 0x61];
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** The storage that Office keeps macros in, as OLE writes names (MS-OVBA, 2.2.1). */
const MACROS = Buffer.from('_VBA_PROJECT', 'utf16le');

function begins(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** The type of an ELF file that a linker still has to make something of (ELF specification, `ET_REL`). */
const RELOCATABLE = 1;

function isObjectFile(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && (bytes[5] === 2 ? bytes[17] : bytes[16]) === RELOCATABLE;
}

function nativeCode(name: string, title: string, bytes: Uint8Array): FileDetection {
  if (LIBRARY_NAME.test(name) || (isObjectFile(bytes) && !DATA_NAME.test(name)))
    return { name: 'native-library', detail: title };
  return { name: DATA_NAME.test(name) ? 'disguised-program' : 'native-program', detail: title };
}

/** Bytecode of machines other than Python's. */
function bytecodeOf(bytes: Uint8Array): string | null {
  if (begins(bytes, JAVA_CLASS) && (bytes[7] ?? 0) >= FIRST_JAVA_VERSION) return 'a Java class';
  if (begins(bytes, LUA)) return 'compiled Lua';
  return signatureOf(bytes)?.name === 'an Android program' ? 'an Android program' : null;
}

/**
 * What the bytes of a file that is no text show.
 * @param path tells under which name they are shipped
 */
export function inspectBytes(bytes: Uint8Array, path: string): readonly FileDetection[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const bytecode = bytecodeOf(bytes);
  if (bytecode !== null) return [{ name: 'foreign-bytecode', detail: bytecode }];
  if (begins(bytes, OLE)) {
    const hasMacros = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(MACROS);
    return hasMacros ? [{ name: 'office-macro', detail: name }] : [];
  }
  const signature = signatureOf(bytes);
  if (signature === null) return [];
  if (NATIVE.test(signature.name)) return [nativeCode(name, signature.name, bytes)];
  if (signature.name === 'a WebAssembly module') return [{ name: 'webassembly-module', detail: name }];
  if (/^(?:a 7z|a rar|a cabinet) archive|^lz4|^encrypted|^an RPM|^zstd/.test(signature.name))
    return [{ name: 'unopened-archive', detail: signature.name }];
  return [];
}
