import { expect, it } from 'vitest';
import { rewritePaths } from '../../../src/sandbox/backends/rewrite-paths.ts';

const MOVED = [
  { from: '/target', to: '/tmp/x/0' },
  { from: '/target/deep', to: '/tmp/x/1' },
];

it.each([
  ['/target', '/tmp/x/0'],
  ['/target/a.py', '/tmp/x/0/a.py'],
  ['/target/deep/a.py', '/tmp/x/1/a.py'],
  ['--file=/target/a', '--file=/tmp/x/0/a'],
  ['/site:/target:/other', '/site:/tmp/x/0:/other'],
  ['cat /target/a "/target/b"', 'cat /tmp/x/0/a "/tmp/x/0/b"'],
  ['cat </target/a >/target/deep|(ls /target)&', 'cat </tmp/x/0/a >/tmp/x/1|(ls /tmp/x/0)&'],
  ['["/target"] {/target} `/target`', '["/tmp/x/0"] {/tmp/x/0} `/tmp/x/0`'],
  ['/targets/a', '/targets/a'],
  ['/my/target/a', '/my/target/a'],
])('turns %j into %j', (text, expected) => {
  expect(rewritePaths(text, MOVED)).toBe(expected);
});
