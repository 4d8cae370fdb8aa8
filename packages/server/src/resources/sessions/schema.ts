// What does a session look like on the wire?
import { isoDate } from '../../clock.ts'
import type { Session } from '../../entities/sign-in.ts'
import type { Org } from '../../org.ts'
import type { Stored } from '../../state/state.ts'

/** A session as Okta shows it; its links name it `me` (recorded). */
export function showSession(org: Org, { id, value }: Stored<Session>): Record<string, unknown> {
  const me = `${org.baseUrl}/api/v1/sessions/me`
  const { firstFactor, secondFactor } = momentsOf(value)
  return {
    id,
    login: value.login,
    userId: value.userId,
    expiresAt: isoDate(value.expiresAt),
    status: value.status,
    lastPasswordVerification: firstFactor,
    lastFactorVerification: secondFactor,
    amr: value.amr,
    idp: { id: org.fixed.orgId, type: 'OKTA' },
    mfaActive: value.lastFactorVerificationAt !== null,
    createdAt: isoDate(value.createdAt),
    _links: {
      self: { href: me, hints: { allow: ['GET', 'DELETE'] } },
      refresh: { href: `${me}/lifecycle/refresh`, hints: { allow: ['POST'] } },
      user: { name: 'me', href: `${org.baseUrl}/api/v1/users/me`, hints: { allow: ['GET'] } },
    },
  }
}

function momentsOf(session: Session): { firstFactor: string | null; secondFactor: string | null } {
  const text = (ms: number | null) => (ms === null ? null : isoDate(ms))
  return {
    firstFactor: text(session.lastPasswordVerificationAt),
    secondFactor: text(session.lastFactorVerificationAt),
  }
}
