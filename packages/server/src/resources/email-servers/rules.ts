// Is this a mail server that can be, and may it carry the mails?
import { E0000003 } from '@errorg/errors/codes'
import type { EmailServer, SmtpAuthType } from '../../entities/email-server.ts'
import { fail } from '../../fail.ts'
import { failWithNewer } from '../../fail-newer.ts'
import {
  checkFields,
  type FieldTable,
  isBlank,
  type JsonObject,
  objectBody,
  refuseFaults,
  textList,
} from '../../fields.ts'

const text = { type: 'string', required: true, max: 255 } as const
const secret = { type: 'string', required: true, max: 10_000 } as const
const fields: FieldTable = {
  alias: text,
  host: text,
  port: { type: 'integer', required: true, min: 1, max: 65_535 },
  username: text,
  enabled: { type: 'boolean' },
}
const oauth: FieldTable = { clientId: text, tokenEndpoint: text, scopes: { type: 'array', required: true, max: 100 } }

// What each way of signing in needs, and which of it is never shown.
const kinds: Readonly<Record<SmtpAuthType, { needs: FieldTable; hidden: FieldTable }>> = {
  BASIC_SMTP_AUTH: { needs: {}, hidden: { password: secret } },
  OAUTH2_CLIENT_CREDENTIALS: {
    needs: { ...oauth, tokenEndpointAuthMethod: { type: 'string', max: 64 } },
    hidden: { clientSecret: secret },
  },
  OAUTH2_JWT_BEARER_GRANT: {
    needs: { ...oauth, signingAlgorithm: text, keyId: text, issuer: text, subject: text, audience: text },
    hidden: { privateKey: secret },
  },
}

// Clients older than OAuth for mails send no type: it was a password then.
function typeOf(sent: unknown): SmtpAuthType {
  const type = isBlank(sent) ? 'BASIC_SMTP_AUTH' : sent
  const known = (Object.keys(kinds) as SmtpAuthType[]).find((one) => one === type)
  return known ?? fail(E0000003, 'body-unreadable-shape')
}

/** Reads the body that makes a mail server. */
export function readServer(body: unknown): EmailServer {
  const sent = objectBody(body)
  const authType = typeOf(sent.authType)
  const { needs, hidden } = kinds[authType]
  return readFields(sent, authType, needs, hidden)
}

/** Reads the body that changes one: what is not sent stays, and so does a secret. */
export function changeServer(body: unknown, old: EmailServer): EmailServer {
  const said = Object.fromEntries(Object.entries(objectBody(body)).filter(([, value]) => !isBlank(value)))
  const authType = said.authType === undefined ? old.authType : typeOf(said.authType)
  const { needs, hidden } = kinds[authType]
  const { settings, ...rest } = old
  const kept = authType === old.authType ? settings : {}
  const secrets = authType === old.authType ? optional(hidden) : hidden
  return readFields({ ...rest, ...kept, ...said }, authType, needs, secrets)
}

const optional = (table: FieldTable): FieldTable =>
  Object.fromEntries(Object.entries(table).map(([name, rule]) => [name, { ...rule, required: false }]))

function readFields(sent: JsonObject, authType: SmtpAuthType, needs: FieldTable, hidden: FieldTable): EmailServer {
  refuseFaults(checkFields(sent, { ...fields, ...needs, ...hidden }))
  const names = Object.keys(needs).filter((name) => !isBlank(sent[name]))
  const settings = names.map((name) => [name, name === 'scopes' ? textList(sent.scopes) : String(sent[name])])
  return {
    alias: String(sent.alias),
    authType,
    enabled: sent.enabled === true,
    host: String(sent.host),
    port: Number(sent.port),
    username: String(sent.username),
    settings: Object.fromEntries(settings),
  }
}

/** One server carries the mails. */
export function mayBeEnabled(server: EmailServer, holder: { id: string } | undefined, ownId?: string): void {
  if (!server.enabled || !holder || holder.id === ownId) return
  failWithNewer('E0000222', 'email-server-enabled-already', 'service', {
    kind: 'object-state-forbids-operation',
    says: 'Another mail server of the org is switched on, and only one can be.',
    fix: [
      'List the servers: GET /api/v1/email-servers, and switch the other one off: PATCH with enabled false.',
      'Then send the same call again.',
    ],
    sources: [{ mark: 'documented', where: "Okta's list of error codes" }],
  })
}
