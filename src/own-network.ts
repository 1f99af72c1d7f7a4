/** Names and addresses of the machine itself. */
const OWN_MACHINE = /^(?:(?:.*\.)?localhost|127(?:\.\d{1,3}){1,3}|0\.0\.0\.0|\[?::1?\]?)$/i;

/** Private addresses (RFC 1918), names kept for local networks and tests, and names without a domain. */
const OWN_NETWORK =
  /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|.*\.(?:local|internal|test)|[^.*]+)$/i;

/** True for a host that is the machine itself. */
export function isOwnMachine(host: string): boolean {
  return OWN_MACHINE.test(host);
}

/** True for a host that is the machine itself or lies in its own network, so that nothing leaves it. */
export function isInOwnNetwork(host: string): boolean {
  return OWN_MACHINE.test(host) || OWN_NETWORK.test(host);
}
