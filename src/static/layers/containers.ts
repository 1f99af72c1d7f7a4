import type { Container } from './container.ts';
import { gzip } from './gzip.ts';

/** Every kind of container that is opened; the first that recognises a file opens it. */
export const containers: readonly Container[] = [gzip];
