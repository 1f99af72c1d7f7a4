import { formatsOf } from '../format.ts';

/** Tokens of databases and of services that hold data. */
export const DATA_FORMATS = formatsOf('secret-data-service-token', [
  ['Databricks token', 'dapi dose dkea', '[a-f0-9]{32}(?:-\\d)?'],
  ['PlanetScale token', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[\\w.=-]{32,64}'],
  ['Supabase token', 'sbp_ sb_secret_', '(?:[a-f0-9]{40}|[A-Za-z0-9_-]{30,44})'],
  ['Neon key', 'napi_', '[a-z0-9]{60,70}'],
  ['Airtable token', 'pat', '[A-Za-z0-9]{14}\\.[a-f0-9]{64}'],
  ['Dropbox token', 'sl.', '(?:u\\.)?[\\w-]{130,1500}'],
  ['Contentful token', 'CFPAT-', '[\\w-]{43}'],
  ['Prefect key', 'pnu_ pnb_', '[a-zA-Z0-9]{36}'],
  ['dbt Cloud token', 'dbtc_ dbtu_', '[A-Za-z0-9_-]{38,44}'],
  ['Snowflake token', 'ver:1-hint:', '\\d{6,20}-ETMs[A-Za-z0-9+/=]{80,300}'],
  ['Confluent key', 'cflt', '[A-Za-z0-9+/]{60}'],
  ['Aiven token', 'aivenv1_', '[A-Za-z0-9+/]{200,400}={0,2}'],
  ['Segment token', 'sgp_', '[A-Za-z0-9]{64}'],
  ['Mapbox secret token', 'sk.eyJ tk.eyJ', '[\\w-]{20,200}\\.[\\w-]{20,40}'],
  ['CockroachDB key', 'CCDB1_', '[A-Za-z0-9]{22}_[A-Za-z0-9]{40}'],
  ['Tinybird token', 'p.eyJ', '[\\w-]{60,300}\\.[\\w-]{40,60}'],
  ['Fauna secret', 'fnA', '[A-Za-z0-9_-]{37}', { near: /fauna/i }],
  ['Kaggle token', 'KGAT_', '[a-f0-9]{32}'],
  ['Adafruit IO key', 'aio_', '[A-Za-z0-9]{28}'],
  ['Dependency-Track key', 'odt_', '(?:[A-Za-z0-9]{8}_)?[A-Za-z0-9]{32,40}'],
  ['Riot Games key', 'RGAPI-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  [
    'ThingsBoard device token',
    'thingsboard.cloud/api/v1/',
    '([A-Za-z0-9]{20})/(?:telemetry|attributes|rpc|claim)',
  ],
  ['Ubidots key', 'BBFF- BBUS-', '[A-Za-z0-9]{30,40}'],
]);
