import type { TargetFile } from '../../model/target.ts';

const READ_BYTES = 256 * 1024;

/** The beginning of a file as text; enough to see what it is. Empty when there is no content. */
export function beginningOf(file: TargetFile): string {
  if (file.content === null) return '';
  const { buffer, byteOffset, byteLength } = file.content;
  return Buffer.from(buffer, byteOffset, Math.min(byteLength, READ_BYTES)).toString('utf8');
}

/** True for tests, examples' fixtures and vendored code: nobody runs them to use the thing. */
export function isAside(path: string): boolean {
  return (
    /(?:^|\/)(?:tests?|__tests__|spec|node_modules|\.git|docs?|site-packages)\//.test(path) ||
    /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/.test(path) ||
    /\.(?:test|spec|config|d)\.[cm]?[jt]s$/.test(path)
  );
}
