import { expect, it } from 'vitest';
import { loadBackend } from '../../src/sandbox/backends/registry.ts';
import { describeWith } from './backends/requirement.ts';
import { sample } from './backends/sample.ts';
import { lines } from './hostile-program.ts';

const PROGRAM = `
import ctypes, os
open("/home/user/made", "w").write("x")
os.system("cat /dev/null")
ctypes.CDLL(None).mount(b"proc", b"/tmp", b"proc", 0, None)
`;

await describeWith('firejail', 'strace around firejail', () => {
  // An ordinary user's firejail has no rights under it.
  it.skipIf(process.getuid?.() !== 0)('is the second recorder', { timeout: 60_000 }, async () => {
    const backend = await loadBackend('firejail');
    const command = sample(['python3', '-I', '-S', '-c', PROGRAM], { trace: true, recorder: 'strace' });
    const result = await backend.run(command, new AbortController().signal);
    expect(result).toMatchObject({ tracer: 'strace', exit: 0, lost: 0 });
    expect(lines(result, 'file.write')).toEqual(['/home/user/made']);
    expect(lines(result, 'exec')).toContain('cat /dev/null');
    expect(lines(result, 'mount')).toEqual(['! mount proc on /tmp']);
  });
});
