// Why did an exchange of a served org fail, as its caller could find out? What the ledger kept becomes evidence;
// the private cause does not.
import type { LedgerView } from '@errorg/server'

/** Diagnoses an exchange from the wire alone. The diagnosis is loaded when somebody asks. */
export async function diagnoseExchange({ request, response }: LedgerView): Promise<unknown> {
  const { diagnoseEvidence } = await import('@errorg/diagnose')
  return diagnoseEvidence({
    httpStatus: response.status,
    method: request.method,
    path: request.target,
    requestHeaders: Object.fromEntries(request.headers),
    requestBody: request.body,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody: response.body,
  })
}
