// What this package offers: fetch-shaped layers that survive the errors of Okta APIs, alone or together.
export type { Layer } from './layer.ts'
export { type GuideSeat, makeOktaRequestWithRetry } from './make-okta-request-with-retry.ts'
