import { formatsOf } from '../format.ts';

/** Keys that pages and apps carry for everybody to read: limits on their use protect them, not secrecy. */
export const PUBLIC_FORMATS = formatsOf('secret-public-key', [['Google API key', 'AIza', '[\\w-]{35}']]);
