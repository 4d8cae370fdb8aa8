// How do the API tokens of a seed become state?
import type { SeedInput } from '../control/schemas.ts'
import { apiTokens } from '../entities/api-token.ts'
import { users } from '../entities/user.ts'
import type { LogParty } from '../log/event.ts'
import { userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import { makeApiToken } from '../resources/api-tokens/tokens.ts'
import type { SeedDraft } from './draft.ts'

/** Works out what is to be written. */
export async function seedApiTokens(org: Org, seed: SeedInput, draft: SeedDraft): Promise<void> {
  for (const [i, token] of (seed.tokens ?? []).entries()) {
    const path = `tokens[${i}]`
    const owner = await draft.find('users', token.owner, `${path}.owner`)
    const fresh = makeApiToken(org, {
      id: await draft.idOf(apiTokens, '00T', token.id, path),
      value: token.value,
      name: token.name,
      ownerId: owner,
      network: token.network && {
        connection: token.network.connection,
        include: await zonesOf(token.network.include, draft, `${path}.network.include`),
        exclude: await zonesOf(token.network.exclude, draft, `${path}.network.exclude`),
      },
    })
    await draft.claim(apiTokens, fresh.token, `${path}.value`, token.name)
    draft.writes.push(...fresh.writes)
    // Nobody can make a token for somebody else: in the System Log the owner is who made it.
    draft.events.push({ ...fresh.event, actor: await partyOf(owner, org, draft) })
    draft.made.tokens.push({ id: fresh.id, value: fresh.value, name: token.name, owner })
  }
}

async function partyOf(id: string, org: Org, draft: SeedDraft): Promise<LogParty> {
  const there = await org.state.load(users, id)
  if (there) return userParty(there)
  const login = draft.made.users.find((user) => user.id === id)?.login ?? 'unknown'
  return { id, type: 'User', alternateId: login, displayName: login }
}

async function zonesOf(
  names: readonly string[] | undefined,
  draft: SeedDraft,
  path: string,
): Promise<string[] | undefined> {
  if (!names) return undefined
  const ids: string[] = []
  for (const [k, name] of names.entries()) {
    ids.push(name === 'ALL_ZONES' ? name : await draft.find('zones', name, `${path}[${k}]`))
  }
  return ids
}
