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
  readonly database_specific?: { readonly severity?: unknown } | null;
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
  readonly database_specific?: { readonly severity?: unknown } | null;
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
    const value: unknown = JSON.parse(text);
    const isRecord =
      typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
    return isRecord ? (value as OsvRecord) : null;
  } catch {
    return null;
  }
}

/** Records of the malicious-packages project; the whole package version is hostile, not weak. */
export function isMaliciousId(id: string): boolean {
  return id.startsWith('MAL-');
}
