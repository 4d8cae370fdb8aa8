// Does the caller of the Authentication API show an API token? Anybody may call; who shows one is a trusted app.
import { identify } from '../../gates/caller.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'

/** Finds the owner of an API token, if one came; a dead one is refused like everywhere. */
export async function identifyTrusted(org: Org, x: Exchange): Promise<boolean> {
  if (!/^\s*ssws\b/i.test(String(x.incoming.headers.authorization ?? ''))) return false
  x.caller = await identify(org, x)
  return true
}
