import { describe, expect, it } from 'vitest';
import { parseStrace, straceCommand } from '../../src/sandbox/recorder/strace.ts';

const TRACE = String.raw`7 1000.000000 execve("/usr/bin/bwrap", ["bwrap", "--args", "3"], 0x7ffc /* 3 vars */) = 0
7 1000.100000 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3
8 1000.200000 access("/.sbx-phase/import", F_OK) = -1 ENOENT (No such file or directory)
8 1000.250000 openat(AT_FDCWD, "/home/user/.ssh/id_rsa", O_RDONLY|O_CLOEXEC) = 4
8 1000.260000 openat(AT_FDCWD, "/home/user/.none", O_RDONLY) = -1 ENOENT (No such file or directory)
8 1000.270000 openat(AT_FDCWD, "/etc/cron.d/x", O_WRONLY|O_CREAT|O_TRUNC, 0666) = -1 EROFS (Read-only file system)
8 1000.280000 openat(AT_FDCWD, "/tmp/a\nb", O_WRONLY|O_CREAT, 0666) = 5
8 1000.300000 access("/.sbx-phase/step", F_OK) = -1 ENOENT (No such file or directory)
8 1000.400000 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("203.0.113.7")}, 16) = -1 ENETUNREACH (Network is unreachable)
8 1000.500000 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("203.0.113.7")}, 16) = -1 ENETUNREACH (Network is unreachable)
8 1000.510000 connect(6, {sa_family=AF_UNIX, sun_path="/run/x.sock"}, 110) = -1 ENOENT (No such file or directory)
8 1000.520000 connect(6, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)
8 1000.530000 connect(6, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
9 1000.600000 execve("/usr/bin/curl", ["curl", "-d", "a \"b\"", "http://x.example"], 0x55 /* 5 vars */) = 0
9 1000.700000 unlink("/tmp/old") = 0
9 1000.710000 rename("/tmp/one", "/tmp/two") = 0
9 1000.720000 kill(7, SIGTERM) = 0
9 1000.730000 mount("proc", "/tmp", "proc", 0, NULL) = -1 EPERM (Operation not permitted)
9 1000.740000 unshare(CLONE_NEWUSER) = -1 EPERM (Operation not permitted)
9 1000.750000 setuid(0) = -1 EPERM (Operation not permitted)
9 1000.760000 setuid(65534) = 0
9 1000.770000 socket(AF_VSOCK, SOCK_STREAM, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)
9 1000.780000 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 3
garbage that is no line
8 +++ exited with 0 +++
`;

describe('parseStrace', () => {
  const { events, lost } = parseStrace(TRACE);
  const of = (kind: string): string[] =>
    events.filter((event) => event.kind === kind).map(({ detail }) => detail);

  it('leaves out what came before the first phase, and what was not there', () => {
    expect(of('file.open')).toEqual(['/home/user/.ssh/id_rsa']);
    expect(events.find(({ kind }) => kind === 'file.open')).toMatchObject({
      phase: 'import',
      capability: 'fs.read',
      allowed: true,
      first: 250,
      count: 1,
    });
    expect(lost).toBe(0);
  });

  it('counts repeated events, with their phase and whether they were refused', () => {
    expect(events.find(({ detail }) => detail === '203.0.113.7:443')).toMatchObject({
      kind: 'connect',
      phase: 'step',
      allowed: false,
      first: 400,
      last: 500,
      count: 2,
    });
    expect(of('connect')).toEqual(['203.0.113.7:443', 'unix:/run/x.sock', '2001:db8::1:80']);
    expect(of('dns')).toEqual(['*']);
  });

  it('sees writes, deletions, programs with their arguments, and signals', () => {
    expect(of('file.write')).toEqual(['/etc/cron.d/x', '/tmp/a\nb', '/tmp/two']);
    expect(events.find(({ detail }) => detail === '/etc/cron.d/x')?.allowed).toBe(false);
    expect(of('exec')).toEqual(['curl -d a "b" http://x.example']);
    expect(of('file.delete')).toEqual(['/tmp/old', '/tmp/one']);
    expect(of('signal')).toEqual(['SIGTERM to another process']);
  });

  it('sees what the sandbox refuses', () => {
    expect(of('mount')).toEqual(['mount proc on /tmp']);
    expect(of('privilege')).toEqual(['unshare user', 'setuid 0']);
    expect(of('socket')).toEqual(['AF_VSOCK']);
    const refused = events.filter(({ kind }) => ['mount', 'privilege', 'socket'].includes(kind));
    expect(refused.map(({ allowed }) => allowed)).toEqual([false, false, false, false]);
  });

  it('follows working folders, descriptors, `..` and links, and what another thread interrupted', () => {
    const folders =
      String.raw`8 1.0 openat(AT_FDCWD</home/user/.ssh>, "../.aws/./credentials", O_RDONLY) = 3</home/user/.aws/credentials>
8 1.1 unlink("id_rsa") = 0
8 1.2 chdir("../x") = 0
8 1.3 rename("a", "/tmp/../tmp//b") = 0
8 1.4 openat(AT_FDCWD</home/user/x>, "harmless", O_RDONLY) = 3</home/user/.netrc>
8 1.5 openat(5</home/user/y>, "z", O_RDONLY) = -1 EACCES (Permission denied)
8 1.6 open("/proc/self/root/home/user/.npmrc", O_RDONLY) = -1 EPERM (Operation not permitted)
9 1.7 open("/tmp/slow",  <unfinished ...>
8 1.8 chmod("O_DIRECTORY", 0755) = 0
9 1.9 <... open resumed>O_WRONLY|O_CREAT, 0666) = 4</tmp/slow>
9 2.0 open("/tmp/O_DIRECTORY", O_RDONLY) = 5</tmp/O_DIRECTORY>
9 2.1 unlink("nobody-knows-where") = 0
9 2.2 execveat(4</memfd:hidden>(deleted), "", ["echo", "[\"mem\"]"], 0x7e /* 0 vars */, AT_EMPTY_PATH) = 0
9 2.3 sendmmsg(5<socket:[7]>, [{msg_hdr={msg_name=NULL, msg_iov=[{iov_base="\2034\1\0\0\1\0\0\0\0\0\0\5drops\7example\0\0\1\0\1", iov_len=31}]}}], 1, 0) = 1
9 2.4 clone(child_stack=NULL, flags=CLONE_NEWUSER|SIGCHLD) = -1 EPERM (Operation not permitted)
9 2.5 setresuid(-1, 0, -1) = -1 EPERM (Operation not permitted)
`.replaceAll('\\\\', '\\');
    const seen = parseStrace(folders).events.map(
      ({ kind, detail, allowed }) => `${kind} ${allowed ? '' : '! '}${detail}`,
    );
    expect(seen).toEqual([
      'file.open /home/user/.aws/credentials',
      'file.delete /home/user/.ssh/id_rsa',
      'file.delete /home/user/x/a',
      'file.write /tmp/b',
      'file.open /home/user/.netrc',
      'file.open ! /home/user/y/z',
      'file.open ! /home/user/.npmrc',
      'file.mode 0755 /home/user/x/O_DIRECTORY',
      'file.write /tmp/slow',
      'file.open /tmp/O_DIRECTORY',
      'exec echo ["mem"]',
      'exec.fileless memfd:hidden echo ["mem"]',
      'dns drops.example',
      'privilege ! clone user',
      'privilege ! setresuid 0',
    ]);
  });

  it('counts everything where no phase is marked', () => {
    const { events: all } = parseStrace(TRACE.replace(/.*sbx-phase.*\n/g, ''));
    expect(all.some(({ detail }) => detail.startsWith('bwrap'))).toBe(true);
    expect(all.every(({ phase }) => phase === 'run')).toBe(true);
  });

  it('keeps so many different events and says how many it lost', () => {
    const lines = Array.from(
      { length: 2_500 },
      (_, n) => `8 1.${n} openat(AT_FDCWD, "/tmp/${n}", O_WRONLY) = 3`,
    );
    const reading = parseStrace(lines.join('\n'));
    expect(reading.events).toHaveLength(2_000);
    expect(reading.lost).toBe(500);
  });
});

describe('straceCommand', () => {
  it('follows children, and does not use the mode that loses refused calls', () => {
    const command = straceCommand('/tmp/out');
    expect(command).toContain('-f');
    expect(command).not.toContain('--seccomp-bpf');
    expect(command.slice(-3)).toEqual(['-o', '/tmp/out', '--']);
  });
});
