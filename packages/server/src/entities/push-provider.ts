// What is a push provider, as the org keeps it? The way to the phones of an app: errorg keeps it and sends nothing.
import type { Collection } from '../state/state.ts'

/** What a provider has to know, as Okta shows it. */
export interface ApnsConfiguration {
  keyId: string
  teamId: string
  fileName?: string
}

/** The same for Google's service. */
export interface FcmConfiguration {
  projectId: string
  fileName?: string
}

/** A push provider. Keys are kept as "there is one": nothing in the org uses them. */
export type PushProvider = { name: string; lastUpdatedAt: number } & (
  | { providerType: 'APNS'; configuration: ApnsConfiguration }
  | { providerType: 'FCM'; configuration: FcmConfiguration }
)

/** All push providers. */
export const pushProviders: Collection<PushProvider> = {
  name: 'pushProvider',
  unique: (provider) => [`name:${provider.name.toLowerCase()}`],
}
