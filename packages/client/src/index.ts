// What this package offers: fetch-shaped layers that survive the errors of Okta APIs, alone or together.
export type { Layer } from './layer.ts'
