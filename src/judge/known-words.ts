/** Services and projects that names of skills and servers are made of, kept by hand. */
export const SERVICES: readonly string[] = (
  'github gitlab bitbucket notion slack discord telegram whatsapp google gmail drive confluence atlassian asana trello airtable zapier ' +
  'stripe paypal shopify salesforce hubspot zendesk intercom mailchimp twilio sendgrid openai anthropic claude gemini mistral cohere ' +
  'huggingface docker kubernetes terraform ansible jenkins postgres postgresql mysql sqlite redis mongodb elasticsearch supabase firebase ' +
  'vercel netlify cloudflare heroku sentry datadog grafana prometheus playwright puppeteer selenium twitter youtube spotify dropbox figma ' +
  'canva obsidian todoist reddit linkedin facebook instagram wikipedia coinbase binance metamask ethereum solana openclaw modelcontextprotocol'
).split(' ');

/** Libraries that names of helpers hold, kept by hand. */
export const LIBRARIES: readonly string[] = (
  'requests numpy pandas scipy matplotlib pytest django fastapi pydantic sqlalchemy tensorflow pytorch transformers beautifulsoup ' +
  'lodash express typescript eslint webpack tailwind prettier mongoose langchain gymnasium setuptools cryptography'
).split(' ');

/** Words that such names are made of, kept by hand; no two of them are one edit apart. */
export const WORDS: readonly string[] = (
  'analyzer analytics assistant automation backup browser builder calculator calendar changelog checker clipboard compiler config configuration ' +
  'context converter coverage crawler database debugger dependency deployment diagnostics diagram directory document documentation download ' +
  'downloader editor email extractor fetcher filesystem formatter generator helper history image importer indexer inspector installer ' +
  'integration keyboard language license localization manager markdown memory message migration monitor network notebook ' +
  'optimizer organizer package parser password performance planner processor profiler prompt refactor release renderer repository ' +
  'request research reviewer rotator scanner scheduler schema screenshot script search security server session settings snapshot spelling ' +
  'spreadsheet statistics storage summarizer summary template terminal testing toolkit tracker transcript transform translate translator ' +
  'uploader utility validator viewer weather webapp website workflow workspace'
).split(' ');

/**
 * Honest words one edit from a known one: what the texts of honest skills, servers and packages hold of them, and what English and
 * its neighbours have beside.
 */
export const OTHER_WORDS: ReadonlySet<string> = new Set(
  (
    'automaton bequest bowser brawler canner clade clause content contest contig cracker crawlee ctransformers ctranslate dependence discard ' +
    'djongo docket documint dokument entry esearch fastai feather finance gentry goggle gprofiler gpytorch grequests heather helfer imparter ' +
    'ipytest jschema kconfig laude leather licence licensee locker lotion manger massage mixtral mocker motion nation nesting networkx ' +
    'openapi openat parler parsel parsera parver passer pauser planer planter postgrest potion previewer pyppeteer redactor refractor resting ' +
    'rocker scheme scrypt selling semver serper sever solara spanner spotipy stowage stride strife strike summery tasting telegraf texting ' +
    'textractor todolist tomlkit tracer tslint twister usearch webapi wikimedia wscript xpress zconfig'
  ).split(' '),
);
