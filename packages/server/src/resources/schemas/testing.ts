// How do the tests of this folder add attributes and make people who have them?
import { type Called, type TestOrg, testOrg } from '../../testing.ts'

/** The schema of the first user type. */
export const USER = '/api/v1/meta/schemas/user/default'

/** The schema of groups. */
export const GROUP = '/api/v1/meta/schemas/group/default'

/** A simple attribute. */
export const text = { title: 'Shoe size', type: 'string' }

/** A change of what an org has added to a schema. */
export const custom = (properties: Record<string, unknown>) => ({
  definitions: { custom: { id: '#custom', properties } },
})

/** A user with nothing wrong. */
export const person = (login: string, more: object = {}) => ({
  profile: { firstName: 'Ada', lastName: 'Byron', email: login, login, ...more },
})

/** An org with ways to add attributes and people. */
export interface SchemaOrg extends TestOrg {
  add(properties: Record<string, unknown>, at?: string): Promise<Called>
  /** Makes a user who has not begun yet. */
  make(login: string, more?: object): Promise<Called>
  /** A refusal: status, private cause, summary, causes. */
  refusal(called: Promise<Called>): Promise<unknown[]>
}

/** Makes one. */
export async function schemaOrg(): Promise<SchemaOrg> {
  const t = await testOrg()
  return {
    ...t,
    add: (properties, at = USER) => t.call(`POST ${at}`, custom(properties)),
    make: (login, more = {}) => t.call('POST /api/v1/users?activate=false', person(login, more)),
    async refusal(called) {
      const { status, json } = await called
      const causes = json.errorCauses?.map((one: { errorSummary: string }) => one.errorSummary)
      return [status, t.lastCause(), json.errorSummary, causes]
    },
  }
}
