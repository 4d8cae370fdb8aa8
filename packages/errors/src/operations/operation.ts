// What is an operation? A method and a path of the API with its id and what it takes to be allowed to call it.

/** One operation of the API. */
export interface Operation {
  /** The operation id of the OpenAPI file, such as `listUsers`. */
  id: string
  /** The HTTP method in upper case. */
  method: string
  /** The path with its parameters in braces: `/api/v1/users/{id}`. */
  path: string
  /** The `okta.*` scopes that an access token needs, all of them. Empty: no such token is taken. */
  scopes: readonly string[]
  /** Whether an API token (SSWS) may call it. */
  ssws: boolean
  /** How near it is to the error codes: 1 raises them, 2 is what SDK users call most next, 3 the rest. */
  tier: Tier
  /** The part of the API that it belongs to, such as `UserLifecycle`. */
  tag: string
  /** `GA` unless the OpenAPI file says otherwise; `RETIRED` for paths that Okta has removed. */
  lifecycle: string
}

/** See `Operation.tier`. */
export type Tier = 1 | 2 | 3

/** A row of the tables: id, method, path, scopes with blanks between, API token 1 or 0, tier, tag, lifecycle. */
export type OperationRow = readonly [
  id: string,
  method: string,
  path: string,
  scopes: string,
  ssws: 0 | 1,
  tier: Tier,
  tag: string,
  lifecycle?: string,
]

/** Unfolds a row. */
export function operationOf(row: OperationRow): Operation {
  const [id, method, path, scopes, ssws, tier, tag, lifecycle = 'GA'] = row
  return { id, method, path, scopes: scopes === '' ? [] : scopes.split(' '), ssws: ssws === 1, tier, tag, lifecycle }
}
