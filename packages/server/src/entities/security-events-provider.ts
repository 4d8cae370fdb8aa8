// Who may tell the org of risks that others see? A provider is configuration only: errorg asks its addresses nothing.
import type { Collection } from '../state/state.ts'

/** A provider, known by its published configuration, or by its issuer and the address of its keys. */
export interface SecurityEventsProvider {
  name: string
  /** The app that it is, as the caller names it: `okta`, `zscaler`. */
  type: string
  status: 'ACTIVE' | 'INACTIVE'
  settings: { readonly well_known_url: string } | { readonly issuer: string; readonly jwks_url: string }
}

/** All providers. */
export const securityEventsProviders: Collection<SecurityEventsProvider> = { name: 'securityEventsProvider' }
