// Does the endpoint of an event hook belong to whoever made the hook? It does when it sends back what it is sent.
import type { EventHook } from '../../entities/hook.ts'
import { isObject } from '../../fields.ts'
import { headersOf } from '../../hooks/channel.ts'
import type { Org } from '../../org.ts'
import { jsonOf } from '../../outgoing.ts'

/** Asks the endpoint; undefined when it has shown that it knows, else what it did instead. */
export async function challenge(org: Org, { channel }: EventHook): Promise<string | undefined> {
  const value = org.ids.secret(40)
  const answer = await org.outgoing.callTwice({
    method: 'GET',
    url: channel.uri,
    headers: { ...headersOf(channel, false), 'x-okta-verification-challenge': value },
  })
  if (!answer.ok) return `${answer.says}.`
  if (answer.status !== 200) return `it answered with status ${answer.status}, not 200.`
  const body = jsonOf(answer.text)
  if (!isObject(body) || body.verification === undefined) return 'its answer has no member "verification".'
  return body.verification === value ? undefined : 'its "verification" is not the value that was sent.'
}
