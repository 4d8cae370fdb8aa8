// Is this the password that the user has elsewhere? At the first sign-in a password import hook asks the system that the
// user comes from.
import { inlineHooks } from '../entities/hook.ts'
import type { User } from '../entities/user.ts'
import { isObject, type JsonObject } from '../fields.ts'
import type { Exchange } from '../http/exchange.ts'
import { userParty } from '../log/parties.ts'
import type { Org } from '../org.ts'
import type { Stored } from '../state/state.ts'
import { callInlineHook, logUnusable } from './call-inline.ts'

const COMMAND = 'com.okta.action.update'

/** What the hook says. `failed`: it could not be asked, or its answer cannot be used. */
export type ImportVerdict = 'verified' | 'unverified' | 'failed'

/** Is the password of this user still in the other system? */
export function isImportedByHook({ importedHash }: User): boolean {
  return importedHash?.algorithm === 'HOOK'
}

/** Asks the hook; nothing is stored yet. */
export async function importPassword(
  org: Org,
  x: Exchange,
  user: Stored<User>,
  credential: { username: string; password: string },
): Promise<ImportVerdict> {
  const verdict = await ask(org, x, credential)
  org.log(x, {
    eventType: 'user.import.password',
    displayMessage: 'Import user password',
    result: verdict === 'verified' ? 'SUCCESS' : 'FAILURE',
    severity: verdict === 'verified' ? 'INFO' : 'WARN',
    actor: userParty(user),
    targets: [userParty(user)],
  })
  return verdict
}

async function ask(org: Org, x: Exchange, credential: { username: string; password: string }): Promise<ImportVerdict> {
  const hooks = await org.state.find(inlineHooks, 'type', 'com.okta.user.credential.password.import')
  const hook = hooks.find(({ value }) => value.status === 'ACTIVE')
  if (!hook) return 'failed'
  const answer = await callInlineHook(org, x, hook, {
    data: {
      context: {
        request: { id: x.requestId, method: x.method, url: { value: x.path }, ipAddress: x.address },
        credential,
      },
      action: { credential: 'UNVERIFIED' },
    },
  })
  if (!answer.ok) return 'failed'
  // Documented: an empty answer leaves the action as it was sent.
  if (answer.body === undefined) return 'unverified'
  const verdict = verdictOf(answer.body)
  if (verdict !== undefined) return verdict
  logUnusable(org, x, hook, 'The response has no command that accepts or refuses the password.', answer.body)
  return 'failed'
}

function verdictOf({ commands, error }: JsonObject): ImportVerdict | undefined {
  if (error !== undefined && error !== null) return undefined
  if (commands === undefined || commands === null) return 'unverified'
  if (!Array.isArray(commands)) return undefined
  let verdict: ImportVerdict = 'unverified'
  for (const command of commands) {
    if (!isObject(command) || command.type !== COMMAND || !isObject(command.value)) return undefined
    const { credential } = command.value
    if (credential !== 'VERIFIED' && credential !== 'UNVERIFIED') return undefined
    verdict = credential === 'VERIFIED' ? 'verified' : 'unverified'
  }
  return verdict
}
