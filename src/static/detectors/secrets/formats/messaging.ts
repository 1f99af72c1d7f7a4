import { formatsOf } from '../format.ts';
import { isDiscordToken } from '../structure.ts';

/** Tokens and webhooks that read or send messages, mail and calls. */
export const MESSAGING_FORMATS = formatsOf('secret-messaging-token', [
  ['Slack token', 'xoxb- xoxp- xoxa- xoxr- xoxs- xoxe- xoxo-', '(?:\\d{9,15}-){1,3}[A-Za-z0-9-]{16,64}'],
  ['Slack rotating token', 'xoxe.xoxb- xoxe.xoxp-', '1-[A-Za-z0-9]{100,200}'],
  [
    'Slack app token',
    'xapp-',
    '(?:\\d-[A-Z0-9]{8,15}-\\d{9,15}-[a-f0-9]{64}|\\d{10,15}-[A-Za-z0-9/]{20,32})',
  ],
  [
    'Slack webhook',
    'hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/',
    '(T[A-Z0-9]{8,12}/[AB]?[A-Z0-9]{8,14}/[A-Za-z0-9/]{20,40})',
  ],
  ['Discord webhook', 'discord.com/api/webhooks/ discordapp.com/api/webhooks/', '(\\d{17,20}/[\\w-]{60,72})'],
  [
    'Discord bot token',
    'MT MD Mz Nz ND NT OD OT',
    '[A-Za-z0-9_-]{21,26}\\.[\\w-]{6}\\.[\\w-]{27,38}',
    { accepts: isDiscordToken },
  ],
  [
    'Teams webhook',
    'outlook.office.com/webhook outlook.office365.com/webhook',
    '(?:b2)?/([0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36})',
  ],
  [
    'Google Chat webhook',
    'chat.googleapis.com/v1/spaces/',
    '[\\w-]{8,16}/messages\\?key=[\\w-]{39}&token=([\\w-]{40,60}(?:%3D)?)',
  ],
  ['SendGrid key', 'SG.', '[\\w-]{22}\\.[\\w-]{43}'],
  ['Twilio key', 'SK', '[a-f0-9]{32}'],
  ['Mailgun key', 'key-', '[a-f0-9]{32}'],
  ['Brevo key', 'xkeysib- xsmtpsib-', '[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  ['Mailersend token', 'mlsn.', '[a-f0-9]{64}'],
  [
    'Resend key',
    're_',
    '[A-Za-z0-9]{8}_[A-Za-z0-9]{24}',
    { accepts: (secret) => /\d/.test(secret) && /[A-Z]/.test(secret) },
  ],
  ['Mandrill key', 'md-', '[A-Za-z0-9_-]{22}', { near: /mandrill|mailchimp/i }],
  ['Intercom token', 'dG9r', 'O[A-Za-z0-9+/]{40,80}={0,2}', { near: /intercom/i }],
  ['MessageBird key', 'live_', '[A-Za-z0-9]{25}', { near: /messagebird/i }],
  ['Facebook token', 'EAA', '[A-Za-z0-9]{80,400}'],
  ['Twitch stream key', 'live_', '\\d{6,12}_[A-Za-z0-9]{30}'],
  ['Twitter bearer token', 'AAAAAAAAAAAAAAAAAAAAA', '[A-Za-z0-9%]{60,110}'],
  ['LinkedIn secret', 'WPL_AP', '[01]\\.[A-Za-z0-9]{16}\\.[A-Za-z0-9+/]{4,8}={0,2}'],
  ['Instagram token', 'IGQV IGAA', '[A-Za-z0-9_-]{80,300}'],
  ['Courier key', 'pk_prod_ dk_prod_', '[A-Z0-9]{28}'],
  ['OneSignal key', 'os_v2_app_ os_v2_org_', '[a-z2-7]{60,120}'],
  ['Telnyx key', 'KEY0', '[A-F0-9]{31}_[A-Za-z0-9]{22}'],
  ['SignalWire token', 'PT', '[a-f0-9]{48}', { near: /signalwire/i }],
]);
