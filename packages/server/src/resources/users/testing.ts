// How do the tests of this folder get a user, and what do they see of a refusal?
import { type Called, causesOf, type TestOrg } from '../../testing.ts'

/** A profile that nothing is wrong with. */
export const ada = { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', login: 'ada@example.com' }

/** Credentials that nothing is wrong with. */
export const password = { password: { value: 'Correct-Horse-9' } }

/** The causes' texts of a refusal. */
export const says = (answer: Called): string[] => causesOf(answer.json)

/** Makes a user; `query` is that of the call. */
export async function make(
  t: TestOrg,
  body: unknown = { profile: ada, credentials: password },
  query = '',
): Promise<Called> {
  const made = await t.call(`POST /api/v1/users${query}`, body)
  if (made.status !== 200) throw new Error(made.text)
  return made
}
