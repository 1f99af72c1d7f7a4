import { isOneEdit } from '../edit-distance.ts';
import type { Finding } from '../model/finding.ts';
import { startOf } from '../model/location.ts';
import type { Unit } from '../model/target.ts';
import { judgeFinding } from './judge-finding.ts';
import { JUDGE_RULES } from './rules.ts';

/** Kinds of units that people pick from a list by their name. */
const PICKED: ReadonlySet<Unit['kind']> = new Set(['skill', 'agent-plugin', 'mcp-server']);

/** Services and projects that names of skills and servers are made of, kept by hand. */
const SERVICES =
  'github gitlab bitbucket notion slack discord telegram whatsapp google gmail drive confluence atlassian asana trello airtable zapier ' +
  'stripe paypal shopify salesforce hubspot zendesk intercom mailchimp twilio sendgrid openai anthropic claude gemini mistral cohere ' +
  'huggingface docker kubernetes terraform ansible jenkins postgres postgresql mysql sqlite redis mongodb elasticsearch supabase firebase ' +
  'vercel netlify cloudflare heroku sentry datadog grafana prometheus playwright puppeteer selenium twitter youtube spotify dropbox figma ' +
  'canva obsidian todoist reddit linkedin facebook instagram wikipedia coinbase binance metamask ethereum solana openclaw modelcontextprotocol';

/** Words that such names are made of, kept by hand; no two of them are one edit apart. */
const WORDS =
  'analyzer analytics assistant automation backup browser builder calculator calendar changelog checker clipboard compiler config configuration ' +
  'context converter coverage crawler database debugger dependency deployment diagnostics diagram directory document documentation download ' +
  'downloader editor email extractor fetcher filesystem formatter generator helper history image importer indexer inspector installer ' +
  'integration keyboard language license localization manager markdown memory message migration monitor network notebook ' +
  'optimizer organizer package parser password performance planner processor profiler prompt refactor release renderer repository ' +
  'request research reviewer rotator scanner scheduler schema screenshot script search security server session settings snapshot spelling ' +
  'spreadsheet statistics storage summarizer summary template terminal testing toolkit tracker transcript transform translate translator ' +
  'uploader utility validator viewer weather webapp website workflow workspace';

/** Shorter words have too many honest neighbours. */
const MIN_LENGTH = 5;
/** Words shorter than this have so many that only two letters swapped count. */
const MIN_LENGTH_FOR_CHANGES = 6;
const KNOWN: ReadonlySet<string> = new Set(`${SERVICES} ${WORDS}`.split(' '));
const LONG_ENOUGH = [...KNOWN].filter((word) => word.length >= MIN_LENGTH);
/** Endings by which one word takes another form. */
const INFLECTED = /(?:s|es|ed|er|or|ing|d|r|y|al|ly)$/;
/**
 * Honest words one edit from a known one: what the texts of honest skills, servers and packages hold of them, and what English has
 * beside.
 */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  (
    'annotation bender binder bowser browse clause cracker dependence discard drivers entry expert feather finance finer finger flasher ' +
    'gender heather hacker icalendar imparter inter jogger kconfig kindle laude leather licence licensee lifter liner linger linker litter ' +
    'lodger locker longer massage minter mixtral mocker motion nesting networkx openapi openat openssh packager passer pauser planer ' +
    'planters portal pyppeteer reacher reaper reminder resting rewriter salt scanned script scripts scrypt selling semver sender sentry ' +
    'sequence serper sever shared splatter stacker stowage strict stride strings strip summery tanner tasting tinder todolist tomlkit ' +
    'toddler tracer twister tutor waiter weaver whether wikimedia winder writev wscript'
  ).split(' '),
);

/**
 * Units whose name is a known one with a letter too many, missing, changed or swapped: what somebody who mistypes the known name, or
 * skims a list, gets instead.
 */
export function imitatedNamesOf(units: readonly Unit[]): readonly Finding[] {
  return units.flatMap((unit) => {
    if (!PICKED.has(unit.kind)) return [];
    const meant = imitatedIn(unit.name);
    if (meant === null) return [];
    const path = unit.files.find((file) => /(?:^|\/)skill\.md$/i.test(file)) ?? unit.files[0] ?? unit.path;
    const claim = {
      source: 'claim',
      capability: 'agent.control',
      detail: unit.name,
      unit: unit.path,
      scope: null,
      guard: null,
      confidence: 'medium',
      location: startOf(path),
      event: null,
    } as const;
    return [
      judgeFinding(claim, JUDGE_RULES['name-imitates'], {
        message: `It calls itself "${unit.name}", one letter from "${meant}"`,
      }),
    ];
  });
}

/** The known word that a part of a name is one edit from; null: none. */
function imitatedIn(name: string): string | null {
  for (const part of name
    .toLowerCase()
    .slice(0, 200)
    .split(/[^a-z]+/)) {
    if (part.length < MIN_LENGTH || KNOWN.has(part) || OTHER_WORDS.has(part)) continue;
    const meant = LONG_ENOUGH.find((word) => isMistyped(part, word));
    if (meant !== undefined) return meant;
  }
  return null;
}

/** Not another form of the same word: a plural, "analyze" beside "analyzer", the British spelling. */
function isMistyped(part: string, word: string): boolean {
  if (!isOneEdit(part, word) || word.startsWith(part)) return false;
  if (INFLECTED.test(part) && part.startsWith(word.slice(0, -1))) return false;
  if (part.replace(/([iy])s/g, '$1z') === word) return false;
  if (word.length >= MIN_LENGTH_FOR_CHANGES) return true;
  return part.length === word.length && [...part].sort().join('') === [...word].sort().join('');
}
