// What is a mail server of the customer's own, as the org keeps it? Configuration only: mails stay in the org's inbox.
import type { Collection } from '../state/state.ts'

/** How the org signs in to it. */
export type SmtpAuthType = 'BASIC_SMTP_AUTH' | 'OAUTH2_CLIENT_CREDENTIALS' | 'OAUTH2_JWT_BEARER_GRANT'

/** A mail server. `settings` depends on how to sign in; secrets are not kept. */
export interface EmailServer {
  alias: string
  authType: SmtpAuthType
  enabled: boolean
  host: string
  port: number
  username: string
  settings: Readonly<Record<string, unknown>>
}

/** All of them; one of them is switched on at most. */
export const emailServers: Collection<EmailServer> = {
  name: 'emailServer',
  unique: (server) => (server.enabled ? ['enabled'] : []),
}
