// Which resource is meant by a URL of the API or an Okta Resource Name, and is there such a thing?
import { apps } from '../../entities/app.ts'
import { authServers } from '../../entities/auth-server.ts'
import { groups } from '../../entities/group.ts'
import { idps } from '../../entities/idp.ts'
import { policies } from '../../entities/policy.ts'
import { realms } from '../../entities/realm.ts'
import type { Exchange } from '../../http/exchange.ts'
import type { Org } from '../../org.ts'
import { refuseResource } from './rules.ts'

/** The name that a set keeps; E0000001 for what is no resource or not there. */
export async function nameOfResource(org: Org, x: Exchange, text: string): Promise<string> {
  const name = await withAppName(org, fromOrn(org, text) ?? fromUrl(org, x, text) ?? refuseResource(text))
  return (await exists(org, name)) ? name : refuseResource(text)
}

// All things of a kind are those of the org in the name. A single thing has its own id, which is in one org alone: an ORN
// that was copied from another org with it still names it. (inferred)
function fromOrn(org: Org, text: string): string | undefined {
  const [, space, orgId, rest] = /^orn:[\w-]{1,40}:([\w-]{1,40}):(\w{0,40}):([\w:.-]{1,300})$/.exec(text) ?? []
  if (space === undefined) return undefined
  const name = `${space}:${rest}`
  return orgId === '' || orgId === org.fixed.orgId || namesOne(name) ? name : undefined
}

const namesOne = (name: string): boolean => /:(?:0oa|00g|guo|aus|0oi|00p|rst)\w+/.test(name)

const places: Readonly<Record<string, string>> = {
  users: 'directory:users',
  groups: 'directory:groups',
  realms: 'directory:realms',
  devices: 'directory:devices',
  apps: 'idp:apps',
  authorizationServers: 'idp:authorization_servers',
  idps: 'idp:identity_providers',
  policies: 'idp:policies',
  eventHooks: 'idp:event_hooks',
  inlineHooks: 'idp:inline_hooks',
}

function fromUrl(org: Org, x: Exchange, text: string): string | undefined {
  const [, host, place = '', id, members, query = ''] =
    /^(?:https?:\/\/([\w.:[\]-]{1,255}))?\/api\/v1\/(\w{1,40})(?:\/([\w-]{1,100})(\/users)?)?\/?(\?.{0,300})?$/i.exec(
      text,
    ) ?? []
  if (!Object.hasOwn(places, place) || !(host === undefined || isOwnHost(org, x, host))) return undefined
  const all = places[place]!
  if (query !== '') {
    // All apps of one kind.
    const kind = /^name eq "([\w-]{1,100})"$/.exec(new URLSearchParams(query).get('filter') ?? '')?.[1]
    return place === 'apps' && id === undefined && kind !== undefined ? `${all}:${kind}` : undefined
  }
  if (members === undefined) return id === undefined ? all : `${all}:${id}`
  return place === 'groups' || place === 'realms' ? `${all}:${id}:contained_resources` : undefined
}

// The address that the org shows, or the one that it was called at: a machine may go by several names.
function isOwnHost(org: Org, x: Exchange, host: string): boolean {
  const asked = host.toLowerCase()
  return asked === new URL(org.baseUrl).host || asked === String(x.incoming.headers.host ?? '').toLowerCase()
}

// An app may be named by its id alone; sets keep the kind of the app with it.
async function withAppName(org: Org, name: string): Promise<string> {
  const id = /^idp:apps:(0oa\w+)$/.exec(name)?.[1]
  const app = id === undefined ? undefined : await org.state.load(apps, id)
  return app ? `idp:apps:${app.value.name}:${app.id}` : name
}

// Kinds that come as a whole, or that the org keeps nothing of.
const whole = new Set([...Object.values(places), 'idp:customizations', 'iam:contained_resources', 'support:cases'])
const elsewhere = /^(?:workflow|governance):[\w:-]+$/

async function exists(org: Org, name: string): Promise<boolean> {
  if (whole.has(name) || elsewhere.test(name)) return true
  const [space, kind, id = '', part, ...more] = name.split(':')
  if (more.length > 0) return false
  const contained = part === undefined || part === 'contained_resources'
  switch (`${space}:${kind}`) {
    case 'directory:groups':
      return contained && (await org.state.load(groups, id)) !== undefined
    case 'directory:realms':
      return contained && (await org.state.load(realms, id)) !== undefined
    case 'idp:apps':
      if (part === undefined) return /^[a-z][\w-]*$/i.test(id) && !id.startsWith('0oa')
      return (await org.state.load(apps, part))?.value.name === id
    case 'idp:authorization_servers':
      return part === undefined && (await org.state.load(authServers, id)) !== undefined
    case 'idp:identity_providers':
      return part === undefined && (await org.state.load(idps, id)) !== undefined
    case 'idp:policies':
      return part === undefined && (await org.state.load(policies, id)) !== undefined
    default:
      return false
  }
}
