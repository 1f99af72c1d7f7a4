import { randomBytes } from 'node:crypto';

const LINE = 70;

/**
 * A private key in OpenSSH's container, of random bytes: it parses as far as its lengths, and belongs to no public key.
 * @param marked stands in it as it is, as letters of base64; a multiple of four of them
 */
export function opensshKey(marked: string): string {
  const field = (content: Buffer | string): Buffer => {
    const bytes = Buffer.from(content as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const kind = field('ssh-ed25519');
  const publicKey = Buffer.concat([kind, field(randomBytes(32))]);
  const check = randomBytes(4);
  const secret = Buffer.concat([
    check,
    check,
    kind,
    field(randomBytes(32)),
    field(randomBytes(64)),
    field('user'),
  ]);
  const one = Buffer.from([0, 0, 0, 1]);
  const head = [
    Buffer.from('openssh-key-v1\0'),
    field('none'),
    field('none'),
    field(''),
    one,
    field(publicKey),
  ];
  const body = Buffer.concat([...head, field(secret)]).toString('base64');
  // In the middle of the random bytes of the secret part.
  const at = 4 * Math.floor((body.length - 120) / 4);
  return armour('OPENSSH PRIVATE KEY', `${body.slice(0, at)}${marked}${body.slice(at + marked.length)}`, at);
}

/** The text form of RFC 7468, with a line that begins at a place, so that what is marked there stays in one piece. */
function armour(label: string, base64: string, at: number): string {
  const lines = [base64.slice(0, at), base64.slice(at)].flatMap(
    (part) => part.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [],
  );
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
