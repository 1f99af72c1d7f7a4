import { ar } from './ar.ts';
import { binaryTexts } from './binary-texts.ts';
import { bzip2 } from './bzip2.ts';
import type { Container } from './container.ts';
import { gif } from './gif.ts';
import { gzip } from './gzip.ts';
import { jpeg } from './jpeg.ts';
import { officePart } from './office.ts';
import { lzma } from './lzma.ts';
import { gguf } from './models/gguf.ts';
import { graph } from './models/graph.ts';
import { hdf5 } from './models/hdf5.ts';
import { npy } from './models/npy.ts';
import { safetensors } from './models/safetensors.ts';
import { pdf } from './pdf.ts';
import { png } from './png.ts';
import { tar } from './tar.ts';
import { xz } from './xz.ts';
import { zip, zipBehind } from './zip.ts';
import { zlib } from './zlib.ts';
import { zstd } from './zstd.ts';

/** Every kind of container that is opened; the first that recognises a file opens it. */
export const containers: readonly Container[] = [
  zip,
  gzip,
  bzip2,
  xz,
  zstd,
  zlib,
  lzma,
  npy,
  hdf5,
  gguf,
  safetensors,
  png,
  jpeg,
  gif,
  pdf,
  ar,
  officePart,
  tar,
  zipBehind,
  graph,
  binaryTexts,
];
