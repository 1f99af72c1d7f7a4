import { formatsOf } from '../format.ts';

const WORKPLACE = formatsOf('secret-workplace-token', [
  ['Atlassian token', 'ATATT3xFfGF0', '[\\w-]{150,260}=[A-F0-9]{8}'],
  ['Atlassian admin key', 'ATCTT3xFfGN0', '[\\w-]{100,260}=?[A-F0-9]{0,8}'],
  ['Linear key', 'lin_api_ lin_oauth_', '[A-Za-z0-9]{40,64}'],
  ['Notion token', 'ntn_', '[A-Za-z0-9]{40,50}'],
  ['Notion integration secret', 'secret_', '[A-Za-z0-9]{43}'],
  ['Asana token', '0/ 1/', '\\d{16}:[a-f0-9]{32}'],
  ['Asana token', '2/', '\\d{13,17}/\\d{13,17}:[a-f0-9]{32}'],
  ['Figma token', 'figd_ figu_ figo_', '[\\w-]{40,60}'],
  ['Postman key', 'PMAK-', '[a-f0-9]{24}-[a-f0-9]{34}'],
  ['Typeform token', 'tfp_', '[A-Za-z0-9_.=-]{40,60}'],
  ['ClickUp token', 'pk_', '\\d{6,10}_[A-Z0-9]{32}'],
  ['HubSpot token', 'pat-na1- pat-na2- pat-eu1- pat-ap1-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['Zapier hook', 'hooks.zapier.com/hooks/catch/', '(\\d{5,10}/[a-z0-9]{5,10})'],
  [
    'Make hook',
    'hook.eu1.make.com/ hook.eu2.make.com/ hook.us1.make.com/ hook.us2.make.com/',
    '([a-z0-9]{32})',
  ],
  ['Frame.io token', 'fio-u-', '[\\w=-]{64}'],
  ['Readme key', 'rdme_', '[a-z0-9]{70}'],
  ['Cal.com key', 'cal_live_', '[a-f0-9]{32}'],
  ['Beamer token', 'b_', '[\\w=-]{44}', { near: /beamer/i }],
  ['TrueNAS key', '1- 2- 3- 4- 5- 6- 7- 8- 9-', '[A-Za-z0-9]{64}'],
  ['Trello token', 'ATTA', '[a-f0-9]{64}[A-F0-9]{8}'],
  ['Zoho token', '1000.', '[a-f0-9]{32}\\.[a-f0-9]{32}'],
  ['n8n key', 'n8n_api_', '[a-f0-9]{40,120}'],
  ['Dub key', 'dub_', '[A-Za-z0-9]{24}'],
]);

const MONITORING = formatsOf('secret-monitoring-key', [
  ['Grafana service token', 'glsa_', '[A-Za-z0-9]{32}_[a-f0-9]{8}'],
  ['Grafana Cloud token', 'glc_', 'eyJ[A-Za-z0-9+/=]{30,300}'],
  ['Grafana key', 'eyJrIjoi', '[A-Za-z0-9+/]{60,100}={0,2}'],
  ['New Relic user key', 'NRAK-', '[A-Z0-9]{27}'],
  ['New Relic admin key', 'NRAA-', '[a-f0-9]{27}'],
  ['New Relic insert key', 'NRII- NRIQ-', '[\\w-]{32}'],
  ['New Relic REST key', 'NRRA-', '[a-f0-9]{42}'],
  ['New Relic browser key', 'NRJS-', '[a-f0-9]{19}'],
  ['New Relic Pixie key', 'px-api- px-dep-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['Sentry token', 'sntrys_', 'eyJ[A-Za-z0-9+/=_-]{60,400}'],
  ['Sentry user token', 'sntryu_ sntrya_ sntryi_', '[a-f0-9]{64}'],
  ['Dynatrace token', 'dt0c01. dt0s01. dt0s02. dt0s08. dt0s16.', '[A-Z0-9]{8,24}\\.[A-Z0-9]{64}'],
  ['Honeycomb key', 'hcaik_ hcbik_ hcamk_', '[a-z0-9]{50,70}'],
  ['PostHog personal key', 'phx_ phs_', '[A-Za-z0-9]{32,48}'],
  ['PagerDuty key', 'u+ y_', '[A-Za-z0-9_+-]{18}', { near: /pagerduty/i }],
  ['Axiom token', 'xaat- xapt-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['LaunchDarkly key', 'sdk- api- mob-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['Statsig key', 'secret- console-', '[A-Za-z0-9]{40,60}', { near: /statsig/i }],
  ['Checkly key', 'cu_', '[a-f0-9]{32}', { near: /checkly/i }],
]);

const DELIVERY = formatsOf('secret-delivery-token', [
  ['Pulumi token', 'pul-', '[a-f0-9]{40}'],
  ['LocalStack token', 'ls-', '[A-Za-z0-9]{8}(?:-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}'],
  ['Octopus Deploy key', 'API-', '[A-Z0-9]{26,32}', { near: /octopus/i }],
  ['Harness token', 'pat. sat.', '[\\w-]{22}\\.[a-f0-9]{24}\\.[A-Za-z0-9]{20}'],
  ['Blynk client secret', 'oa2-client-id_', '[\\w-]{32}:([\\w-]{40})'],
  ['Trigger.dev or Inngest key', 'tr_prod_ tr_dev_ signkey-prod-', '[A-Za-z0-9]{20,64}'],
  ['OpenShift token', 'sha256~', '[\\w-]{43}'],
  ['SettleMint token', 'sm_pat_ sm_aat_ sm_sat_', '[A-Za-z0-9]{16,24}'],
]);

export const WORK_FORMATS = [...WORKPLACE, ...MONITORING, ...DELIVERY];
