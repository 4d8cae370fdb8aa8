// How is a local org started, and what does it say about itself? Ends with exit code 0 when it is told to stop.
import { randomBytes } from 'node:crypto'
import type { Contract } from '@errorg/errors'
import type { SeedInput } from '@errorg/server'
import { diagnoseExchange } from '../diagnose-exchange.ts'
import { type ExitCode, type Io, Refusal } from '../io.ts'
import { banner } from '../render/banner.ts'
import { readSeedFile, SeedFileFaults, seedFaultAt } from '../seed-file.ts'

/** The flags of `serve`, as typed. */
export interface ServeOptions {
  port?: string
  host?: string
  url?: string
  tls?: boolean
  seed?: string
  contract?: Contract
  rateLimits?: 'off' | 'integrator' | 'one-app' | 'enterprise' | 'workforce'
  controlToken?: string | true
  control?: boolean
  json?: boolean
  configCheck?: boolean
}

/** What `serve --json` prints: one line, these keys. */
export interface ServeResult {
  url: string
  token: string
  adminLogin: string
  adminPassword: string
  controlUrl: string | null
  contract: Contract
  pid: number
  clients: readonly { clientId: string; clientSecret?: string; redirectUris: string[]; grantTypes: string[] }[]
  users: readonly { login: string; password: string }[]
  /** With `--tls`: the PEM file that callers have to trust. */
  caFile?: string
}

const LOOPBACK = /^(?:localhost|::1|127(?:\.\d{1,3}){3})$/i

/** Serves until it is stopped. */
export async function serve(options: ServeOptions, io: Io): Promise<ExitCode> {
  const port = readPort(options.port ?? '4000')
  const host = options.host ?? '127.0.0.1'
  const url = options.url === undefined ? undefined : readUrl(options.url)
  const controlToken = readControlToken(options, io)

  // With a file, what the file says about settings holds unless a flag was typed.
  const { createOrg, demoSeed, SeedFault } = await import('@errorg/server')
  const file = options.seed === undefined ? undefined : await readSeedFile(options.seed, io)
  const seed: SeedInput = file?.seed ?? demoSeed
  const edition = options.rateLimits ?? seed.settings?.rateLimits?.edition ?? 'workforce'
  const contract = options.contract ?? seed.settings?.contract ?? 'reference'
  const settings = { ...seed.settings, contract, rateLimits: { ...seed.settings?.rateLimits, edition } }

  const org = await createOrg({
    contract,
    url,
    // The demo data needs no look for faults: what looks takes a quarter of the start to load.
    ...(file ? { seed: { ...file.seed, settings } } : { demo: true, settings }),
    control: options.control !== false,
    controlToken,
    diagnose: diagnoseExchange,
  }).catch(async (error: unknown) => {
    if (error instanceof SeedFault && file) throw new SeedFileFaults(file.path, [await seedFaultAt(file.text, error)])
    throw error
  })

  if (file && Object.keys(file.seed).length === 0) {
    io.err(`errorg: ${file.path} says nothing: the org holds only its administrator.\n`)
  }
  if (options.configCheck) {
    await org.close()
    const what = file ? `flags and ${file.path} are good` : 'the flags are good'
    if (options.json) io.out(`${JSON.stringify({ schema: 1, ok: true, contract, rateLimits: edition })}\n`)
    else io.out(`${what}: contract ${contract}, rate limits ${edition}. Nothing was started.\n`)
    return 0
  }

  const stopped = new Promise<void>((resolve) => io.onStop(resolve))
  const tls = options.tls ? await certificateFor(host, url, io) : undefined
  const caFile = tls && (await keepCertificate(tls.cert, io))
  const listening = await org.listen({ host, port, tls }).catch(async (error: unknown) => {
    await caFile?.remove()
    throw new Refusal(5, whyNotListening(error as NodeJS.ErrnoException, host, port))
  })
  if (!LOOPBACK.test(host)) {
    io.err(
      `errorg: warning: ${host} can be reached from other machines. Everybody there can use this org and its public demo passwords; ` +
        'the control API still answers this machine only. Leave --host out to serve this machine alone.\n',
    )
  }
  const result: ServeResult = {
    url: org.url,
    token: org.token,
    adminLogin: org.admin.login,
    adminPassword: org.admin.password,
    // Not below the advertised URL: what stands there may be a proxy, and the control API answers none.
    controlUrl: options.control === false ? null : `${listening.url}/_errorg/`,
    contract,
    pid: process.pid,
    clients: org.seeded.apps.map(({ clientId, clientSecret, redirectUris, grantTypes }) => ({
      clientId,
      ...(clientSecret !== undefined && { clientSecret }),
      redirectUris,
      grantTypes,
    })),
    users: (seed.users ?? []).flatMap(({ login, password }) => (password === undefined ? [] : [{ login, password }])),
    ...(caFile && { caFile: caFile.path }),
  }
  io.out(options.json ? `${JSON.stringify(result)}\n` : banner(result, { edition, look: io }))
  await stopped
  await org.close()
  await caFile?.remove()
  if (!options.json) io.err('errorg: stopped\n')
  return 0
}

async function certificateFor(host: string, url: string | undefined, io: Io) {
  const { makeCertificate } = await import('../certificate.ts')
  // The address that stands for all addresses is no name that anybody calls.
  const hosts = [...(/^(?:0\.0\.0\.0|::)$/.test(host) ? [] : [host]), ...(url ? [new URL(url).hostname] : [])]
  return await makeCertificate(hosts, io.now())
}

async function keepCertificate(cert: string, io: Io) {
  return await io.keepFile('errorg-ca.pem', cert).catch((error: Error) => {
    throw new Refusal(
      3,
      `the certificate for --tls cannot be written, and nobody could trust the org without it: ${error.message}. Set TMPDIR to a folder that you may write to.`,
    )
  })
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new Refusal(2, `--port ${text}: a port is a whole number from 0 (any free one) to 65535.`)
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username) {
    return url.origin
  }
  throw new Refusal(
    2,
    `--url ${text}: the base URL is scheme and host, such as https://okta.example.test or http://org:4000.`,
  )
}

function readControlToken(options: ServeOptions, io: Io): string | undefined {
  if (options.controlToken === undefined) return undefined
  if (typeof options.controlToken === 'string') {
    throw new Refusal(
      2,
      'secrets are not taken as flags, since other users of the machine can read them. Put the token into ERRORG_CONTROL_TOKEN and give --control-token without a value.',
    )
  }
  const given = io.env.ERRORG_CONTROL_TOKEN
  if (given) return given
  const made = randomBytes(24).toString('base64url')
  io.err(`errorg: the control API demands this token as x-errorg-control-token: ${made}\n`)
  return made
}

function whyNotListening(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return (
        `port ${port} on ${host} is in use by another program, so nothing was started. ` +
        `Stop that program (\`lsof -i :${port}\` names it), or choose another port: --port ${port < 65_535 ? port + 1 : 4000}, or --port 0 for any free one.`
      )
    case 'EACCES':
      return `this user may not listen on port ${port}; ports below 1024 usually need more rights. Choose a higher one, such as --port 4000.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine (${error.code}). Leave --host out, or give 127.0.0.1, ::1 or 0.0.0.0.`
    default:
      return `cannot listen on ${host}, port ${port}: ${error.message}`
  }
}
