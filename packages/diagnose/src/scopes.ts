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

/** A scope to manage covers the one to read the same things. */
export function coversScope(carried: readonly string[], scope: string): boolean {
  return carried.includes(scope) || carried.includes(scope.replace(/\.read$/, '.manage'))
}
