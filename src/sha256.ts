import * as crypto from 'node:crypto';

/** The SHA-256 of a text as UTF-8, in hexadecimal digits. In one step where Node has one (20.12): a hash object for each text takes four times as long. */
export const sha256: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text)
    : (text) => crypto.createHash('sha256').update(text).digest('hex');
