import { describe, expect, it } from 'vitest';
import type { EventKind } from '../../src/model/observation.ts';
import { isQuiet } from '../../src/sandbox/recorder/quiet.ts';

describe('what is no event of the target’s', () => {
  it.each<[EventKind, string]>([
    ['exec', '/opt/sbx/python/bin/python3.11 -I -S -B /opt/sbx/guest/run_python.py --root /target'],
    ['exec', 'node --require /opt/sbx/guest/recorder.cjs /target/index.js'],
    ['exec', '/bin/bash /opt/sbx/guest/run_shell.sh /target/run.sh'],
    ['exec', '/opt/sbx/guest/quick/sleep 5'],
    ['file.write', '/tmp'],
    ['file.open', '/proc/self/maps'],
  ])('is %s of %s', (kind, detail) => {
    expect(isQuiet({ kind, detail })).toBe(true);
  });

  it.each<[EventKind, string]>([
    ['exec', 'curl -s https://collector.example /opt/sbx/guest/'],
    ['exec', 'python3 -c import\\tos /opt/sbx/guest/'],
    ['exec', 'python3 -cimport_os /opt/sbx/guest/run_python.py'],
    ['exec', '/target/python3 -x /opt/sbx/guest/'],
    ['exec', '/bin/sh -c id /opt/sbx/guest/'],
    ['file.write', '/tmp/kept'],
    ['file.open', '/proc/self/environ'],
  ])('is not %s of %s', (kind, detail) => {
    expect(isQuiet({ kind, detail })).toBe(false);
  });
});
