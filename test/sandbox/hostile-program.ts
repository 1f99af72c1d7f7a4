import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxResult } from '../../src/sandbox/backend.ts';

/** What a hostile program tries, in Python: by the library, by system call numbers alone, from a thread. */
export const HOSTILE_PROGRAM = `
import ctypes, os, platform, socket, struct, subprocess, threading
libc = ctypes.CDLL(None, use_errno=True)
x64 = platform.machine() == "x86_64"
os.chdir("/home/user/.ssh")
open("id_rsa").read()
os.chdir("/tmp")
os.symlink("/home/user/.ssh/id_ed25519", "/tmp/harmless")
open("/tmp/harmless").read()
open("/proc/self/root" + "/home/user/.netrc").read()
descriptor = os.open("/home/user/.aws", os.O_RDONLY | os.O_DIRECTORY)
os.close(os.open("credentials", os.O_RDONLY, dir_fd=descriptor))
libc.syscall(2 if x64 else 56, *([b"/home/user/.pypirc", 0] if x64 else [-100, b"/home/user/.pypirc", 0]))
threading.Thread(target=lambda: open("/home/user/.npmrc").read()).start()
open("/tmp/made", "w").write("x")
os.rename("/tmp/made", "/tmp/moved")
os.link("/tmp/moved", "/tmp/linked")
os.chmod("/tmp/moved", 0o755)
os.unlink("/tmp/linked")
for path in ("/usr/planted", "/etc/planted"):
    try: open(path, "w")
    except OSError: pass
for address in (("203.0.113.7", 443), ("2001:db8::1", 80, 0, 0)):
    with socket.socket(socket.AF_INET if len(address) == 2 else socket.AF_INET6) as client:
        client.settimeout(1)
        try: client.connect(address)
        except OSError: pass
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    question = struct.pack(">6H", 7, 256, 1, 0, 0, 0) + b"\\x05drops\\x07example\\x00" + struct.pack(">2H", 1, 1)
    try: client.sendto(question, ("127.0.0.1", 53))
    except OSError: pass
try: socket.getaddrinfo("collect.example", 80)
except OSError: pass
with socket.socket() as server:
    server.bind(("127.0.0.1", 4711))
for family in (40, 38, 16):
    try: socket.socket(family, socket.SOCK_DGRAM)
    except OSError as error: print(error.errno)
for call in (lambda: libc.mount(b"proc", b"/tmp", b"proc", 0, None), lambda: libc.unshare(0x10000000), lambda: libc.ptrace(16, 1, 0, 0),
             lambda: libc.syscall(321 if x64 else 280, 0, 0, 0), lambda: libc.syscall(425, 1, 0), lambda: libc.umount2(b"/tmp", 2)):
    ctypes.set_errno(0)
    print(call(), ctypes.get_errno())
try: os.setuid(0)
except OSError: pass
subprocess.run(["sh", "-c", "cat /tmp/moved >/dev/null; true"])
os.posix_spawn("/bin/true", ["true", "spawned"], {})
sleeper = subprocess.Popen(["sleep", "60"])
sleeper.terminate()
memory = os.memfd_create("hidden")
os.write(memory, open("/bin/echo", "rb").read())
child = os.fork()
if child == 0:
    os.execve(memory, ["echo", "from-memory"], {})
os.waitpid(child, 0)
`;

/** A home folder with decoys for {@link HOSTILE_PROGRAM}; the caller's to remove. */
export function homeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sbx-test-'));
  chmodSync(folder, 0o755);
  for (const path of ['.ssh/id_rsa', '.ssh/id_ed25519', '.aws/credentials', '.netrc', '.npmrc', '.pypirc']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), 'decoy');
  }
  return folder;
}

/** Details of the events of one kind, sorted; what was refused begins with `!`. */
export const lines = (result: SandboxResult, kind: string): string[] =>
  result.events
    .filter((event) => event.kind === kind)
    .map(({ detail, allowed }) => (allowed ? detail : `! ${detail}`))
    .sort();
