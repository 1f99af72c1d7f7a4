import { configError } from '../../errors.ts';
import { readDocument } from '../../manifest/document.ts';
import type { NamedPackage } from './package-url.ts';
import { readPackageUrl } from './package-url.ts';

/** What somebody states about a vulnerability in some packages (OpenVEX 0.2.0). */
export interface VexStatement {
  /** The vulnerability's name and aliases. */
  readonly ids: readonly string[];
  readonly packages: readonly NamedPackage[];
  /** True for `not_affected` and `fixed`; the other two leave a finding as it is. */
  readonly isSettled: boolean;
  /** The status and why. */
  readonly reason: string;
  /** When it was stated, in milliseconds since 1970; 0 when nobody says. */
  readonly time: number;
}

interface Component {
  readonly '@id'?: string;
  readonly identifiers?: { readonly purl?: string };
}

interface Document {
  readonly timestamp?: string;
  readonly statements: readonly {
    readonly vulnerability: { readonly name: string; readonly aliases?: readonly string[] };
    readonly timestamp?: string;
    readonly products: readonly (Component & { readonly subcomponents?: readonly Component[] })[];
    readonly status: 'not_affected' | 'affected' | 'fixed' | 'under_investigation';
    readonly justification?: string;
    readonly impact_statement?: string;
  }[];
}

/**
 * Reads an OpenVEX document. Where a product has sub-components, the statement is about those.
 * @throws SbxError of kind `config` (`FILE:LINE:COLUMN: message`) when it is no such document, or says `not_affected` without why
 */
export function readVexDocument(file: string): VexStatement[] {
  const document = readDocument(file, 'openvex') as Document;
  return document.statements.map((statement, index) => {
    const { vulnerability, products, status, justification, impact_statement: impact } = statement;
    const why = [justification, impact].filter((part) => part !== undefined && part.trim() !== '');
    if (status === 'not_affected' && why.length === 0)
      throw configError(
        'openvex-invalid',
        `${file}: statements.${String(index)} says not_affected and not why; add a justification or an impact_statement`,
      );
    return {
      ids: [vulnerability.name, ...(vulnerability.aliases ?? [])],
      packages: products.flatMap((product) => (product.subcomponents ?? [product]).flatMap(packagesOf)),
      isSettled: status === 'not_affected' || status === 'fixed',
      reason: why.length === 0 ? status : `${status}: ${why.join('; ')}`,
      time: Date.parse(statement.timestamp ?? document.timestamp ?? '') || 0,
    };
  });
}

function packagesOf({ '@id': id, identifiers }: Component): NamedPackage[] {
  return [id, identifiers?.purl].flatMap((text) => {
    const named = text === undefined ? null : readPackageUrl(text);
    return named === null ? [] : [named];
  });
}
