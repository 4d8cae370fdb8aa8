// Which scopes does a token carry, and which of those that are wanted does it lack?

/** The scopes in the claims: `scp` in access tokens of Okta, `scope` elsewhere; undefined where there is neither. */
export function scopesOf(claims: Readonly<Record<string, unknown>>): string[] | undefined {
  const value = claims.scp ?? claims.scope
  if (Array.isArray(value)) return value.filter((scope) => typeof scope === 'string').slice(0, 100)
  return typeof value === 'string' ? scopeWords(value) : undefined
}

/** The scopes of a parameter or a header. Commas are a frequent mistake, so they part words here too. */
export function scopeWords(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/, 100).filter((word) => word !== '')
}

/**
 * The wanted scopes that are not carried, each by its very name: `.manage` does not contain `.read`, the one is for GET
 * and the other for all else (documented).
 */
export function scopesNotCarried(carried: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((scope) => !carried.includes(scope))
}

/** The scope to manage that a token carries in place of this one to read; undefined where it carries none. */
export function manageInPlaceOf(carried: readonly string[], scope: string): string | undefined {
  const manage = scope.replace(/\.read$/, '.manage')
  return manage !== scope && carried.includes(manage) ? manage : undefined
}
