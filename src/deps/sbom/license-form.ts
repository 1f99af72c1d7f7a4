/** How a licence is written down: as an SPDX expression, or as the text that its package gives. */
export type LicenseForm =
  { readonly kind: 'expression'; readonly text: string } | { readonly kind: 'name'; readonly text: string };

/** Longer ones are whole licence texts. */
const MAX_EXPRESSION = 300;
const MAX_NAME = 100;

/**
 * Tells SPDX expressions (SPDX 2.3, annex D) from free text. Exceptions (`WITH …`) are taken for text: there is no list of them here.
 * @param isLicenseId knows the identifiers of the SPDX licence list
 */
export function licenseForm(license: string, isLicenseId: (id: string) => boolean): LicenseForm {
  const text = license.trim();
  if (text.length <= MAX_EXPRESSION && isExpression(text, isLicenseId)) return { kind: 'expression', text };
  return { kind: 'name', text: text.length <= MAX_NAME ? text : `${text.slice(0, MAX_NAME - 1)}…` };
}

/** Ids, joined by AND and OR, with balanced parentheses. */
function isExpression(text: string, isLicenseId: (id: string) => boolean): boolean {
  let depth = 0;
  let needsId = true;
  for (const token of text.match(/[()]|[^\s()]+/g) ?? []) {
    if (token === '(' && needsId) depth += 1;
    else if (token === ')' && !needsId && depth > 0) depth -= 1;
    else if (needsId && isLicenseId(token.replace(/\+$/, ''))) needsId = false;
    else if (!needsId && (token === 'AND' || token === 'OR')) needsId = true;
    else return false;
  }
  return !needsId && depth === 0;
}
