/** Password hashes in the modular crypt format, `$apr1$` of web servers among them. */
const HASH =
  /\$(?:2[abxy]\$\d\d\$[A-Za-z0-9./]{53}|(?:1|apr1)\$[A-Za-z0-9./]{1,8}\$[A-Za-z0-9./]{22}|5\$(?:rounds=\d{1,9}\$)?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{43}|6\$(?:rounds=\d{1,9}\$)?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{86}|y\$[A-Za-z0-9./]{1,40}\$[A-Za-z0-9./]{1,86}\$[A-Za-z0-9./]{43}|argon2(?:id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{8,64}\$[A-Za-z0-9+/]{16,128}|8\$[A-Za-z0-9./]{14}\$[A-Za-z0-9./]{43}|9\$[A-Za-z0-9./]{14}\$[A-Za-z0-9./]{43}|krb5(?:asrep|tgs)\$(?:23|18|17)\$[^\s"']{60,4000})(?![A-Za-z0-9./])/y;

/** The password hash that begins at a `$`, or null. */
export function passwordHashAt(text: string, index: number): string | null {
  HASH.lastIndex = index;
  const match = HASH.exec(text);
  return match === null || /(.)\1{7}/.test(match[0]) ? null : match[0];
}
