import { formatsOf } from '../format.ts';
import { isAwsKeyId } from '../structure.ts';

/** Keys of clouds and hosting, as their documentation shows them. */
export const CLOUD_FORMATS = formatsOf('secret-cloud-key', [
  ['AWS access key', 'AKIA ASIA ABIA ACCA', '[A-Z2-7]{16}', { accepts: isAwsKeyId }],
  ['AWS Bedrock key', 'ABSKQmVkcm9ja0FQSUtleS', '[A-Za-z0-9+/]{90,200}={0,2}'],
  ['AWS AppSync key', 'da2-', '[a-z0-9]{26}'],
  ['AWS marketplace token', 'amzn.mws.', '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'],
  ['Google OAuth client secret', 'GOCSPX-', '[\\w-]{28}'],
  ['Google OAuth access token', 'ya29.', '[\\w-]{40,500}(?:\\.[\\w-]{10,200})?'],
  ['Google OAuth refresh token', '1//0', '[\\w-]{60,120}'],
  ['DigitalOcean token', 'dop_v1_ doo_v1_ dor_v1_', '[a-f0-9]{64}'],
  ['Heroku key', 'HRKU-', '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|AA[\\w-]{50,70})'],
  ['Fly.io token', 'fo1_ FlyV1', '(?: fm\\d[ar]?_)?[\\w+/=,-]{40,800}'],
  ['Alibaba Cloud access key', 'LTAI', '[A-Za-z0-9]{16,24}', { near: /ali|access|oss|key/i }],
  ['Tencent Cloud secret id', 'AKID', '[A-Za-z0-9]{32}'],
  ['Yandex Cloud token', 't1.', '[A-Z0-9a-z_-]{20,400}\\.[A-Z0-9a-z_-]{86}={0,2}'],
  ['Yandex Cloud key', 'AQVN', '[\\w-]{35,38}'],
  ['Scaleway access key', 'SCW', '[A-Z0-9]{17}'],
  ['Cloudflare origin CA key', 'v1.0-', '[0-9a-f]{24}-[0-9a-f]{146}'],
  ['Cloudflare token', 'cfut_ cfat_ cfk_', '[A-Za-z0-9]{40,64}'],
  ['Netlify token', 'nfp_ nfc_ nfu_ nfo_', '[A-Za-z0-9]{36,40}'],
  ['Vercel token', 'vcp_ vci_ vca_ vcr_ vck_', '[A-Za-z0-9]{24,64}'],
  ['Vercel blob token', 'vercel_blob_rw_', '[A-Za-z0-9]{16}_[A-Za-z0-9]{30}'],
  ['Render key', 'rnd_', '[A-Za-z0-9]{28,36}'],
  ['Infracost key', 'ico-', '[A-Za-z0-9]{32}'],
  ['Backblaze application key', 'K00', '\\d[A-Za-z0-9+/]{27}', { near: /backblaze|b2/i }],
  ['Deno Deploy token', 'ddp_ ddo_', '[A-Za-z0-9]{36}'],
  ['Google AI key', 'AQ.Ab', '[\\w-]{40,60}'],
]);
