// What did a seed make, with the values that are shown once?

/** A thing that a seed made. */
export interface SeededThing {
  id: string
  name: string
}

/** An app that a seed made, with what its client needs. */
export interface SeededApp {
  id: string
  label: string
  clientId: string
  clientSecret?: string
  redirectUris: string[]
  grantTypes: string[]
}

/** What a seed made, with the values that are shown once. */
export interface Seeded {
  users: { id: string; login: string }[]
  groups: SeededThing[]
  tokens: { id: string; value: string; name: string; owner: string }[]
  zones: SeededThing[]
  /** Those that it added to are here too. */
  authorizationServers: SeededThing[]
  apps: SeededApp[]
  trustedOrigins: SeededThing[]
  devices: SeededThing[]
}

/** Nothing so far. */
export function nothingSeeded(): Seeded {
  return {
    users: [],
    groups: [],
    tokens: [],
    zones: [],
    authorizationServers: [],
    apps: [],
    trustedOrigins: [],
    devices: [],
  }
}
