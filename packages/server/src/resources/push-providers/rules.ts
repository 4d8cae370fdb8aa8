// Is this a push provider that can be, and may it go?
import { E0000001, E0000003 } from '@errorg/errors/codes'
import type { Authenticator } from '../../entities/authenticator.ts'
import type { PushProvider } from '../../entities/push-provider.ts'
import { fail } from '../../fail.ts'
import { failWithNewer } from '../../fail-newer.ts'
import { checkFields, type FieldTable, isObject, type JsonObject, objectBody, refuseFaults } from '../../fields.ts'

type WithoutMoment<One> = One extends PushProvider ? Omit<One, 'lastUpdatedAt'> : never

/** What a body says about a push provider. */
export type ProviderParts = WithoutMoment<PushProvider>

const text = { type: 'string', required: true, max: 255 } as const
const fileName = { type: 'string', max: 255 } as const
const topFields: FieldTable = { name: text, configuration: { type: 'object', required: true } }
const apnsFields: FieldTable = { keyId: text, teamId: text, tokenSigningKey: { ...text, max: 10_000 }, fileName }
const fcmFields: FieldTable = { serviceAccountJson: { type: 'object', required: true }, fileName }

/** The kinds of providers. */
export const providerTypes = ['APNS', 'FCM'] as const

/** Reads a body; a replacement (`old`) may leave out the key, which is never shown (recorded for APNS). */
export function readProvider(body: unknown, old?: PushProvider): ProviderParts {
  const sent = objectBody(body)
  // The type decides how the rest is read, so one that is not known cannot be bound. (inferred)
  const providerType = providerTypes.find((type) => type === sent.providerType)
  if (providerType === undefined) return fail(E0000003, 'body-unreadable-shape')
  refuseFaults(checkFields(sent, topFields))
  const configuration = sent.configuration as JsonObject
  const name = String(sent.name)
  const keeps = old?.providerType === providerType
  if (providerType === 'APNS') {
    const key = configuration.tokenSigningKey ?? (keeps ? 'kept' : undefined)
    refuse({ ...configuration, tokenSigningKey: key }, apnsFields)
    const { keyId, teamId } = configuration
    return {
      name,
      providerType,
      configuration: { keyId: String(keyId), teamId: String(teamId), ...fileOf(configuration) },
    }
  }
  const project = keeps ? (old as PushProvider & { providerType: 'FCM' }).configuration.projectId : undefined
  const account = configuration.serviceAccountJson ?? (project === undefined ? undefined : { project_id: project })
  refuse({ ...configuration, serviceAccountJson: account }, fcmFields)
  return { name, providerType, configuration: { projectId: projectOf(account), ...fileOf(configuration) } }
}

function refuse(configuration: JsonObject, table: FieldTable): void {
  refuseFaults(checkFields(configuration, table).map((fault) => ({ ...fault, field: `configuration.${fault.field}` })))
}

function projectOf(account: unknown): string {
  const project = isObject(account) ? account.project_id : undefined
  return typeof project === 'string' && project !== '' && project.length <= 255
    ? project
    : fail(E0000001, 'value-invalid', {
        field: 'configuration.serviceAccountJson',
        causes: ['configuration.serviceAccountJson: The field has an invalid value'],
      })
}

const fileOf = ({ fileName: name }: JsonObject): { fileName?: string } =>
  name === undefined || name === null || name === '' ? {} : { fileName: String(name) }

/** A name may be used once. */
export function nameIsFree(holder: { id: string } | undefined, ownId?: string): void {
  if (holder && holder.id !== ownId) fail(E0000001, 'push-provider-name-taken')
}

/** An authenticator that sends through it holds it. */
export function mustNotBeUsed(id: string, authenticators: readonly Authenticator[]): void {
  const uses = ({ provider }: Authenticator) => {
    const configuration = isObject(provider) ? provider.configuration : undefined
    return isObject(configuration) && Object.values(configuration).some((one) => isObject(one) && one.id === id)
  }
  if (!authenticators.some(uses)) return
  failWithNewer('E0000187', 'push-provider-in-use', 'factors', {
    kind: 'object-state-forbids-operation',
    says: 'A custom app authenticator sends its pushes through this provider.',
    fix: [
      'Give the authenticator another provider first: PUT /api/v1/authenticators/{id}, provider.configuration.',
      'Then delete this one.',
    ],
    sources: [{ mark: 'documented', where: "Push Providers reference, Delete a push provider; Okta's list of codes" }],
  })
}
