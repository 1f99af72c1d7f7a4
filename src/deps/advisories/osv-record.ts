/**
 * The part of an OSV record that is used (OSV schema 1.7, https://ossf.github.io/osv-schema/). Everything may be missing: records come
 * from many hands.
 */
export interface OsvRecord {
  readonly id: string;
  readonly modified?: string;
  readonly published?: string;
  readonly withdrawn?: string;
  readonly aliases?: readonly string[];
  readonly summary?: string;
  readonly severity?: readonly OsvSeverity[];
  readonly affected?: readonly OsvAffected[];
  readonly database_specific?: Readonly<Record<string, unknown>> | null;
}

export interface OsvSeverity {
  readonly type?: string;
  readonly score?: string;
}

export interface OsvAffected {
  readonly package?: { readonly ecosystem?: string; readonly name?: string };
  readonly severity?: readonly OsvSeverity[];
  readonly ranges?: readonly {
    readonly type?: string;
    readonly events?: readonly OsvEvent[];
  }[];
  readonly versions?: readonly string[];
  readonly database_specific?: Readonly<Record<string, unknown>> | null;
}

export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

/** Reads one record; null when the text is no OSV record. */
export function parseOsvRecord(text: string): OsvRecord | null {
  try {
    return osvRecordFrom(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Longest id, alias or name of a package, in characters; real ones are a tenth of it. */
const MAX_NAME = 512;

/** Checks how a value is made up. */
type Check = (value: unknown) => boolean;

/** `null` counts as left out, as in the JSON of protocol buffers. */
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);
const isText: Check = (value) => typeof value === 'string';
// Ids and names are printed and put into lists; line breaks and other control characters have no place in them.
const isName: Check = (value) =>
  typeof value === 'string' && value.length <= MAX_NAME && !/[\0-\x1f\x7f]/.test(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const tableOf =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isTable(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const isSeverities = optional(listOf(tableOf({ type: optional(isText), score: optional(isText) })));
const isEvent = tableOf({
  introduced: optional(isText),
  fixed: optional(isText),
  last_affected: optional(isText),
});
const isRecord = tableOf({
  id: (value) => isName(value) && value !== '',
  modified: optional(isText),
  published: optional(isText),
  withdrawn: optional(isText),
  aliases: optional(listOf(isName)),
  summary: optional(isText),
  severity: isSeverities,
  affected: optional(
    listOf(
      tableOf({
        package: optional(tableOf({ ecosystem: optional(isName), name: optional(isName) })),
        severity: isSeverities,
        ranges: optional(listOf(tableOf({ type: optional(isText), events: optional(listOf(isEvent)) }))),
        versions: optional(listOf(isText)),
        database_specific: optional(isTable),
      }),
    ),
  ),
  database_specific: optional(isTable),
});

/** The value as a record when every part that is used has the form of the schema; null when one has not. */
export function osvRecordFrom(value: unknown): OsvRecord | null {
  return isRecord(value) ? withoutNulls(value as Record<string, unknown>) : null;
}

/** Parts that are `null` are left out, so that readers have one case to think of. */
function withoutNulls(value: Readonly<Record<string, unknown>>): OsvRecord {
  const given = Object.entries(value).filter(([, part]) => part !== null);
  return Object.fromEntries(given) as unknown as OsvRecord;
}

/** Records of the malicious-packages project; the whole package version is hostile, not weak. */
export function isMaliciousId(id: string): boolean {
  return id.startsWith('MAL-');
}
