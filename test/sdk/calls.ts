// How do the tests of the SDK call it? Operations are counted, refusals read, collections drained.
import type { Client } from '@okta/okta-sdk-nodejs'

/** Operations that were called. */
export const used = new Set<string>()

/** Notes which operations are called, so that the number below is a count and not a claim. */
export function counted(api: Client['userApi']) {
  return new Proxy(api, {
    get(target, name: string) {
      const method = target[name]
      if (typeof method !== 'function') return method
      return (request?: unknown) => {
        used.add(name)
        return method.call(target, request)
      }
    },
    // biome-ignore lint/suspicious/noExplicitAny: see okta-sdk.d.ts
  }) as Record<string, (request?: any) => Promise<any>>
}

/** How the org refused a call that must be refused. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ status: number; errorCode: string; errorSummary: string; causes: string[] }> {
  try {
    await call
  } catch (error) {
    const refused = error as {
      status: number
      errorCode: string
      errorSummary: string
      errorCauses: { errorSummary: string }[]
    }
    return {
      status: refused.status,
      errorCode: refused.errorCode,
      errorSummary: refused.errorSummary,
      causes: (refused.errorCauses ?? []).map((cause) => cause.errorSummary),
    }
  }
  throw new Error('the call was expected to be refused, and succeeded')
}

/** All rows of a collection. */
export async function listOf<T>(collection: Promise<AsyncIterable<T>>): Promise<T[]> {
  const rows: T[] = []
  for await (const row of await collection) rows.push(row)
  return rows
}
