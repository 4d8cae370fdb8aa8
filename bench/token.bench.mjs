// What does a signed access token cost beyond its signature?
import { generateKeyPairSync, sign } from 'node:crypto'
import { createOrg } from '@errorg/server'
import { startServer } from './measure/child.mjs'
import { requestBytes, sendAll } from './measure/load.mjs'
import { describeHost, keep } from './measure/report.mjs'

const TOKENS = 250
const ROUNDS = 9
const host = describeHost()
const orgKeys = [rsaKeys(), rsaKeys()]
const clientKeys = rsaKeys()
const signingKeys = orgKeys.map(({ privateKey }) => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())

const doors = [await inProcess(), await overSocket()]
const rows = []
for (const door of doors) {
  for (const makeClient of [withAssertion, withSecret]) rows.push(await measure(door, await makeClient(door)))
  rows.push(await oneUser(door))
}
for (const door of doors) await door.close()
keep({
  name: 'token',
  question: 'What does an access token cost beyond its signature?',
  how: `CPU time (all threads, garbage collection included) of \`POST …/v1/token\` with \`grant_type=client_credentials\`, all of it: client authentication, scopes, policy, the RS256 token of 2048 bits, ledger and System Log. Divided by that of \`crypto.sign\` alone over the same header and claims with the same key. Through \`org.fetch\` the CPU of this process counts, \`Request\` and \`Response\` included; over a socket that of the server's. Assertions are signed before. ${ROUNDS} rounds of ${TOKENS} in turns after a warm-up; the least disturbed round of each counts.`,
  host,
  rows,
})

/** An org in this process, through `org.fetch`. */
async function inProcess() {
  const org = await createOrg({ signingKeys })
  return {
    where: 'through org.fetch',
    url: org.url,
    token: org.token,
    fetch: org.fetch,
    async cpuOf(requests, expect) {
      const from = process.cpuUsage()
      for (const { path, ...init } of requests) {
        const response = await org.fetch(path, init)
        await response.text()
        if (response.status !== expect) throw new Error(`${path} answered ${response.status}`)
      }
      return cpuSince(from) / requests.length
    },
    close: () => org.close(),
  }
}

/** An org in a process of its own, as `errorg serve` runs it. */
async function overSocket() {
  const org = await startServer('org.mjs', { signingKeys })
  return {
    where: 'over a socket',
    url: org.url,
    token: org.token,
    fetch: (path, init) => fetch(org.url + path, init),
    async cpuOf(requests, expect) {
      const bytes = requests.map(requestBytes)
      const from = await org.cpu()
      await sendAll({ port: org.port, count: bytes.length, connections: 4, request: (n) => bytes[n], expect })
      return ((await org.cpu()) - from) / bytes.length
    },
    close: () => org.stop(),
  }
}

/** A service app that proves itself with a key, at the org's own server: as programs get tokens for the Okta API. */
async function withAssertion(door) {
  const app = await serviceApp(door, 'private_key_jwt', {
    jwks: { keys: [{ ...clientKeys.publicKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: 'RS256' }] },
  })
  await made(door, `/api/v1/apps/${app.id}/grants`, { scopeId: 'okta.users.read', issuer: door.url })
  const { client_id } = app.credentials.oauthClient
  const path = '/oauth2/v1/token'
  let serial = 0
  const request = () => {
    const seconds = Math.floor(Date.now() / 1000)
    const claims = { iss: client_id, sub: client_id, aud: door.url + path, iat: seconds, exp: seconds + 300 }
    const text = `${encoded({ alg: 'RS256', kid: 'bench' })}.${encoded({ ...claims, jti: `bench-${++serial}` })}`
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'okta.users.read',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${text}.${signature(text, clientKeys.privateKey)}`,
    })
    return tokenRequest(path, {}, body.toString())
  }
  return { what: 'private_key_jwt, the org’s own server', request }
}

/** A service app with a secret at a custom server: no signature is made or checked but the token's own. */
async function withSecret(door) {
  const app = await serviceApp(door, 'client_secret_basic', {})
  const { client_id, client_secret } = app.credentials.oauthClient
  const server = await made(door, '/api/v1/authorizationServers', { name: 'Bench', audiences: ['api://bench'] })
  const at = `/api/v1/authorizationServers/${server.id}`
  await made(door, `${at}/scopes`, { name: 'bench' })
  const named = { name: 'All', description: 'All', status: 'ACTIVE', priority: 1 }
  const policy = await made(door, `${at}/policies`, {
    ...named,
    type: 'OAUTH_AUTHORIZATION_POLICY',
    conditions: { clients: { include: ['ALL_CLIENTS'] } },
  })
  await made(door, `${at}/policies/${policy.id}/rules`, {
    ...named,
    type: 'RESOURCE_ACCESS',
    conditions: {
      people: { groups: { include: ['EVERYONE'] } },
      grantTypes: { include: ['client_credentials'] },
      scopes: { include: ['*'] },
    },
    actions: { token: { accessTokenLifetimeMinutes: 60 } },
  })
  const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
  const body = 'grant_type=client_credentials&scope=bench'
  return {
    what: 'client_secret_basic, a custom server',
    request: () => tokenRequest(`/oauth2/${server.id}/v1/token`, { authorization }, body),
  }
}

function tokenRequest(path, headers, body) {
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', path, headers: { accept: 'application/json', ...type, ...headers }, body }
}

async function serviceApp(door, method, settings) {
  return await made(door, '/api/v1/apps', {
    name: 'oidc_client',
    label: method,
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: method } },
    settings: {
      oauthClient: {
        application_type: 'service',
        response_types: ['token'],
        grant_types: ['client_credentials'],
        ...settings,
      },
    },
  })
}

async function made(door, path, body) {
  const response = await door.fetch(path, {
    method: 'POST',
    headers: { authorization: `SSWS ${door.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.status >= 300) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`)
  return await response.json()
}

async function measure(door, { what, request }) {
  const mint = () => door.cpuOf(Array.from({ length: TOKENS }, request), 200)
  const { path, ...init } = request()
  const answer = await (await door.fetch(path, init)).json()
  const [header, claims, signed] = answer.access_token.split('.')
  const text = `${header}.${claims}`
  // The same bytes under the same key: the signature must come out the same.
  const key = orgKeys.map(({ privateKey }) => privateKey).find((one) => signature(text, one) === signed)
  if (key === undefined) throw new Error('the token was signed with a key that was not given to the org')
  const bare = async () => {
    const from = process.cpuUsage()
    for (let i = 0; i < TOKENS; i++) signature(text, key)
    return cpuSince(from) / TOKENS
  }
  for (let i = 0; i < 2; i++) {
    await mint()
    await bare()
  }
  const minted = []
  const alone = []
  for (let i = 0; i < ROUNDS; i++) {
    minted.push(await mint())
    alone.push(await bare())
  }
  const [ours, theirs] = [Math.min(...minted), Math.min(...alone)]
  return {
    what: `a token ${door.where}: ${what}`,
    value: ours / theirs,
    unit: 'x the bare signature',
    atMost: 1.5,
    detail: `${ours.toFixed(0)} us against ${theirs.toFixed(0)} us: ${(ours - theirs).toFixed(0)} us beyond it`,
  }
}

/** What the door itself takes, so that it can be told from what tokens take. */
async function oneUser(door) {
  const { id } = await (
    await door.fetch('/api/v1/users/me', { headers: { authorization: `SSWS ${door.token}` } })
  ).json()
  const headers = { authorization: `SSWS ${door.token}`, accept: 'application/json' }
  const requests = Array.from({ length: TOKENS }, () => ({ method: 'GET', path: `/api/v1/users/${id}`, headers }))
  const rounds = []
  for (let i = 0; i < ROUNDS; i++) rounds.push(await door.cpuOf(requests, 200))
  return { what: `GET one user ${door.where}, for comparison`, value: Math.min(...rounds), unit: 'us' }
}

function cpuSince(from) {
  const { user, system } = process.cpuUsage(from)
  return user + system
}

function signature(text, key) {
  return sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')
}

function encoded(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function rsaKeys() {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}
