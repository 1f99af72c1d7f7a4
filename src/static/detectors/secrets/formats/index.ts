import type { SecretFormat } from '../format.ts';
import { CLOUD_FORMATS } from './cloud.ts';
import { PUBLIC_FORMATS } from './public.ts';
import { CODE_HOSTING_FORMATS } from './code-hosting.ts';
import { DATA_FORMATS } from './data.ts';
import { IDENTITY_FORMATS } from './identity.ts';
import { KEY_FORMATS } from './keys.ts';
import { MESSAGING_FORMATS } from './messaging.ts';
import { MODEL_FORMATS } from './models.ts';
import { PAYMENT_FORMATS } from './payment.ts';
import { WORK_FORMATS } from './work.ts';

/** Every format that begins in a way of its own. Where several fit, the first decides. */
export const SECRET_FORMATS: readonly SecretFormat[] = [
  ...CLOUD_FORMATS,
  ...PUBLIC_FORMATS,
  ...CODE_HOSTING_FORMATS,
  ...MODEL_FORMATS,
  ...IDENTITY_FORMATS,
  ...DATA_FORMATS,
  ...MESSAGING_FORMATS,
  ...PAYMENT_FORMATS,
  ...WORK_FORMATS,
  ...KEY_FORMATS,
];
