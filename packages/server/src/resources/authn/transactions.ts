// Which sign-in does a state token stand for, and how does it go on?
import { E0000011 } from '@errorg/errors/codes'
import { type AuthTransaction, authTransactions } from '../../entities/sign-in.ts'
import { type User, users } from '../../entities/user.ts'
import { fail } from '../../fail.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { put, type Stored, type Write } from '../../state/state.ts'
import { hashToken } from '../../token-hash.ts'
import { textsOf } from './body.ts'
import { failNewer } from './newer.ts'

// Okta's pages say only that it is short; each step begins it anew.
const LIVES_MS = 5 * 60_000

/** A sign-in under way, with its token and its user. */
export interface UnderWay {
  token: string
  transaction: Stored<AuthTransaction>
  user: Stored<User>
}

/** What a new transaction says of itself. */
export type Begin = Pick<AuthTransaction, 'status' | 'amr' | 'relayState' | 'recoveryType'>

/** A new transaction with the write that keeps it. */
export function beginTransaction(
  org: Org,
  user: Stored<User>,
  begin: Begin,
  now: number,
): { underWay: UnderWay; write: Write } {
  const token = `00${org.ids.secret(40)}`
  const value: AuthTransaction = { ...begin, userId: user.id, createdAt: now, expiresAt: now + LIVES_MS }
  const id = hashToken(token)
  return {
    underWay: { token, transaction: { id, version: 0, value }, user },
    write: put(authTransactions, id, value),
  }
}

/** The transaction of the body's `stateToken`, or E0000011. With `at`, it must be at one of these steps. */
export async function loadTransaction(
  org: Org,
  x: Exchange,
  at?: readonly AuthTransaction['status'][],
): Promise<UnderWay> {
  const [token] = textsOf(x.body, ['stateToken'])
  const transaction = await org.state.load(authTransactions, hashToken(token))
  const live = transaction && transaction.value.endedAt === undefined && transaction.value.expiresAt > x.now
  const user = live ? await org.state.load(users, transaction.value.userId) : undefined
  if (!live || !user || !mayGoOn(user.value, transaction.value)) return fail(E0000011, 'state-token-dead')
  if (at && !at.includes(transaction.value.status)) return failNewer('step-not-allowed')
  return { token, transaction, user }
}

// What has happened to the user since the password was shown: only a recovery leads out of a lockout.
function mayGoOn({ status }: User, { recoveryType }: AuthTransaction): boolean {
  if (status === 'LOCKED_OUT') return recoveryType !== undefined
  return status !== 'SUSPENDED' && status !== 'DEPROVISIONED'
}

/** The write that ends a transaction: its token is refused from now on. */
export function endTransaction({ transaction }: UnderWay, now: number): Write {
  return put(authTransactions, transaction.id, { ...transaction.value, endedAt: now }, transaction)
}

/** A transaction at its next step, under the same token. */
export function nextStep(
  underWay: UnderWay,
  change: Partial<Begin>,
  now: number,
): { underWay: UnderWay; write: Write } {
  const { transaction } = underWay
  const value: AuthTransaction = { ...transaction.value, ...change, expiresAt: now + LIVES_MS }
  return {
    underWay: { ...underWay, transaction: { ...transaction, value } },
    write: put(authTransactions, transaction.id, value, transaction),
  }
}
