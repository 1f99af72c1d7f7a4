/** What the first bytes say a file is. */
export interface Signature {
  /** For a reason: `an ELF program or library`. */
  readonly name: string;
  /** True for data that cannot run nor steer an agent: pictures, sounds, fonts. */
  readonly isInert: boolean;
  /** True when the signature could as well be the beginning of a text: `MZ = 1` is Python. Says nothing of inert data. */
  readonly isTextLike: boolean;
}

interface Pattern extends Signature {
  /** Bytes in hex; `..` matches any byte. */
  readonly bytes: string;
  readonly offset: number;
}

function pattern(
  bytes: string,
  name: string,
  options: Partial<Omit<Pattern, 'bytes' | 'name'>> = {},
): Pattern {
  return { bytes, name, offset: 0, isInert: false, isTextLike: false, ...options };
}

const INERT = { isInert: true };

/** As published by each format; see the `magic(5)` database for most of them. */
const PATTERNS: readonly Pattern[] = [
  pattern('7f454c46', 'an ELF program or library'),
  pattern('feedface', 'a Mach-O program or library'),
  pattern('feedfacf', 'a Mach-O program or library'),
  pattern('cefaedfe', 'a Mach-O program or library'),
  pattern('cffaedfe', 'a Mach-O program or library'),
  pattern('cafebabe000000', 'a Mach-O program or Java class'),
  pattern('4d5a', 'a Windows program or library', { isTextLike: true }),
  pattern('0061736d', 'a WebAssembly module'),
  pattern('6465780a3033', 'an Android program', { isTextLike: true }),
  pattern('504b0304', 'a zip archive'),
  pattern('504b0506', 'a zip archive'),
  pattern('1f8b', 'gzip-compressed data'),
  pattern('425a68..314159265359', 'bzip2-compressed data'),
  pattern('fd377a585a00', 'xz-compressed data'),
  pattern('28b52ffd', 'zstd-compressed data'),
  pattern('04224d18', 'lz4-compressed data'),
  pattern('377abcaf271c', 'a 7z archive'),
  pattern('526172211a07', 'a rar archive'),
  pattern('7573746172', 'a tar archive', { offset: 257 }),
  pattern('213c617263683e0a', 'an ar archive or Debian package', { isTextLike: true }),
  pattern('edabeedb', 'an RPM package'),
  pattern('4d534346', 'a cabinet archive', { isTextLike: true }),
  pattern('53616c7465645f5f', 'encrypted data (OpenSSL)', { isTextLike: true }),
  pattern('894844460d0a1a0a', 'an HDF5 file, which may hold code (Keras)'),
  pattern('53514c69746520666f726d6174203300', 'an SQLite database'),
  pattern('47475546', 'a GGUF model, which may hold a template', { isTextLike: true }),
  pattern('89504e470d0a1a0a', 'a PNG picture', INERT),
  pattern('ffd8ff', 'a JPEG picture', INERT),
  pattern('474946383761', 'a GIF picture', INERT),
  pattern('474946383961', 'a GIF picture', INERT),
  pattern('52494646........57454250', 'a WebP picture', INERT),
  pattern('52494646........57415645', 'a WAV sound', INERT),
  pattern('52494646........41564920', 'an AVI video', INERT),
  pattern('424d........00000000', 'a BMP picture', INERT),
  pattern('00000100..00', 'an icon', INERT),
  pattern('49492a00', 'a TIFF picture', INERT),
  pattern('4d4d002a', 'a TIFF picture', INERT),
  pattern('38425053', 'a Photoshop picture', INERT),
  pattern('69636e73', 'an icon', INERT),
  pattern('0001000000', 'a TrueType font', INERT),
  pattern('4f54544f', 'an OpenType font', INERT),
  pattern('74746366', 'a font collection', INERT),
  pattern('774f4646', 'a WOFF font', INERT),
  pattern('774f4632', 'a WOFF2 font', INERT),
  pattern('494433', 'an MP3 sound', INERT),
  pattern('fffb', 'an MP3 sound', INERT),
  pattern('4f676753', 'an Ogg sound or video', INERT),
  pattern('664c6143', 'a FLAC sound', INERT),
  pattern('4d546864', 'a MIDI file', INERT),
  pattern('66747970', 'an MP4 video or HEIF picture', { offset: 4, isInert: true }),
  pattern('1a45dfa3', 'a Matroska video', INERT),
  pattern('255044462d', 'a PDF document', INERT),
  pattern('de120495', 'a gettext catalogue', INERT),
  pattern('950412de', 'a gettext catalogue', INERT),
  pattern('676c5446', 'a glTF model', INERT),
];

/** Patterns by the first byte of what they fit, in the order above; those that begin further in are in all lists. */
let byFirst: readonly (readonly Pattern[])[] | undefined;

function candidatesFor(first: number): readonly Pattern[] {
  byFirst ??= Array.from({ length: 256 }, (_, byte) =>
    PATTERNS.filter(({ bytes, offset }) => offset > 0 || Number.parseInt(bytes.slice(0, 2), 16) === byte),
  );
  return byFirst[first] ?? [];
}

function matches(bytes: Uint8Array, { bytes: hex, offset }: Pattern): boolean {
  for (let at = 0; at < hex.length; at += 2) {
    const wanted = hex.slice(at, at + 2);
    if (wanted !== '..' && bytes[offset + at / 2] !== Number.parseInt(wanted, 16)) {
      return false;
    }
  }
  return true;
}

/** @returns what a binary file is, by its bytes alone; null when nothing known matches */
export function signatureOf(bytes: Uint8Array): Signature | null {
  const found = candidatesFor(bytes[0] ?? 0).find((candidate) => matches(bytes, candidate));
  if (found !== undefined) {
    return found.isInert && hasZipBehind(bytes)
      ? { name: `${found.name} with a zip archive behind it`, isInert: false, isTextLike: false }
      : found;
  }
  return (
    bytecodeSignature(bytes) ?? numpySignature(bytes) ?? safetensorsSignature(bytes) ?? stlSignature(bytes)
  );
}

/** Python and most tools run or open an archive that hangs at the end of anything. Looks where the zip format says its end is. */
function hasZipBehind(bytes: Uint8Array): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-(22 + 0xffff));
  return tail.lastIndexOf('PK\x05\x06', undefined, 'latin1') >= 0;
}

/** The name of CPython's compiled files. */
export const COMPILED_PYTHON = 'compiled Python (pyc)';

/** CPython's compiled files: a version number of two bytes, then `\r\n` (PEP 3147, PEP 552). */
function bytecodeSignature(bytes: Uint8Array): Signature | null {
  return bytes.length >= 16 &&
    bytes[2] === 0x0d &&
    bytes[3] === 0x0a &&
    bytes[1]! >= 0x0c &&
    bytes[1] !== 0x20
    ? { name: COMPILED_PYTHON, isInert: false, isTextLike: bytes[0]! < 0x80 && bytes[1]! < 0x80 }
    : null;
}

/** Longer headers are not read (bytes); NumPy itself refuses them at 10,000. */
const MAX_NUMPY_HEADER = 65_536;

/** The header of NumPy's array format, and where the elements begin (NEP 1); null for other bytes. */
export function numpyHeaderOf(bytes: Uint8Array): { readonly text: string; readonly end: number } | null {
  if (bytes[0] !== 0x93 || bytes.length < 12) return null;
  if (Buffer.from(bytes.subarray(1, 6)).toString('latin1') !== 'NUMPY') return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Later versions need more bytes for the length.
  const isWide = bytes[6]! > 1;
  const start = isWide ? 12 : 10;
  const end = start + (isWide ? view.getUint32(8, true) : view.getUint16(8, true));
  const text = Buffer.from(bytes.subarray(start, Math.min(end, start + MAX_NUMPY_HEADER))).toString('latin1');
  return { text, end };
}

/** NumPy's array format: inert numbers, unless the type is `object`, which is stored as a pickle (NEP 1). */
function numpySignature(bytes: Uint8Array): Signature | null {
  const header = numpyHeaderOf(bytes)?.text;
  if (header === undefined) return null;
  const type = /'descr':\s*(?<type>'[^']*'|\[[^\]]*\])/.exec(header)?.groups?.['type'];
  // An escape may spell the letter, a second entry may outdo the first.
  const isPlain = !header.includes('\\') && header.split('descr').length === 2;
  const isInert = type !== undefined && isPlain && !/['"][|<>=]?O\d*['"]/.test(header);
  return {
    name: isInert ? 'a NumPy array of numbers' : 'a NumPy array of pickled objects',
    isInert,
    isTextLike: false,
  };
}

/** Safetensors: the length of a JSON header in eight bytes, the header, then numbers. */
function safetensorsSignature(bytes: Uint8Array): Signature | null {
  if (bytes.length < 16 || bytes[8] !== 0x7b || bytes[9] !== 0x22) {
    return null;
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  return length <= BigInt(bytes.length - 8)
    ? { name: 'tensors (safetensors)', isInert: true, isTextLike: false }
    : null;
}

/** Binary STL: 80 bytes of header, the number of triangles, 50 bytes each; nothing before or after. */
function stlSignature(bytes: Uint8Array): Signature | null {
  if (bytes.length < 84) {
    return null;
  }
  const triangles = new DataView(bytes.buffer, bytes.byteOffset).getUint32(80, true);
  return triangles > 0 && bytes.length === 84 + 50 * triangles
    ? { name: 'a triangle mesh (STL)', isInert: true, isTextLike: false }
    : null;
}
