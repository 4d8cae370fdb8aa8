// Where does a proof run? In a fresh org of this process, or in a running errorg whose state is put back afterwards.
import type { Contract } from '@errorg/errors'
import { type Exchange, httpControl, type ProofTools } from '@errorg/errors/proofs'
import { header, parseErrorBody } from '@errorg/errors/wire'
import { type Io, Refusal } from './io.ts'

/** An org that a proof may change as it likes. */
export interface ProofOrg {
  tools: ProofTools
  /** Why the org refused a call, as only the org knows: `E0000016/user-already-active`. */
  privateCauseOf(exchange: Exchange): Promise<string | undefined>
  /** Puts everything back. */
  close(): Promise<void>
}

/** Where proofs run. */
export interface ProofOrgs {
  /** The contract that holds where nothing else is said. */
  contract: Contract
  open(): Promise<ProofOrg>
  /** From here on a signal ends the program at once. */
  close(): void
}

type Send = (request: Request) => Promise<Response>

/** A fresh org for every proof. */
export async function freshOrgs(): Promise<ProofOrgs> {
  const { createOrg, createProofSigner, startProofPeer } = await import('@errorg/server')
  const signer = createProofSigner()
  return {
    contract: 'reference',
    async open() {
      const org = await createOrg()
      const send: Send = (request) => org.fetch(request)
      return {
        tools: {
          fetch: send,
          baseUrl: org.url,
          adminToken: org.token,
          control: httpControl(send, org.url),
          sign: signer(org.clock.now),
          peer: startProofPeer,
        },
        privateCauseOf: async (exchange) => causeIn(org.requests.list(), exchange),
        close: () => org.close(),
      }
    },
    close() {},
  }
}

/** A running errorg. Refuses everything else: a proof makes users, locks them and uses up limits. */
export async function runningOrg(options: { url: string; controlTokenEnv: string; io: Io }): Promise<ProofOrgs> {
  const { io } = options
  const base = readBase(options.url)
  const controlToken = io.env[options.controlTokenEnv]
  const headers: Record<string, string> = controlToken ? { 'x-errorg-control-token': controlToken } : {}
  const health = await readHealth(base, headers, options)
  const ask = async (method: string, path: string, body: unknown): Promise<unknown> => {
    const answer = await io.fetch(`${base}/_errorg/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!answer.ok)
      throw new Error(`${method} ${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    return await answer.json()
  }
  // From the first proof to the last: also between two, and while the org is put back, a signal waits for that.
  const stopping = new AbortController()
  const forget = io.onStop(() => stopping.abort(new Refusal(1, 'stopped; the org is as it was before')))
  return {
    contract: health.contract,
    async open() {
      stopping.signal.throwIfAborted()
      const snapshot = ((await ask('POST', 'snapshot', {})) as { id: string }).id
      const restore = () => ask('POST', 'restore', { id: snapshot })
      const send: Send = (request) => io.fetch(new Request(request, { signal: stopping.signal }))
      try {
        const { adminLogin, createProofSigner, startProofPeer } = await import('@errorg/server')
        // A token of its own: the caller's need not be known, and its limits stay untouched.
        const made = (await ask('POST', 'seed', { tokens: [{ owner: adminLogin, name: 'errorg trigger' }] })) as {
          tokens: { value: string }[]
        }
        return {
          tools: {
            fetch: send,
            baseUrl: base,
            adminToken: made.tokens[0]!.value,
            control: httpControl(send, base, headers),
            sign: createProofSigner()(async () => ((await ask('GET', 'clock', undefined)) as { now: number }).now),
            // A running errorg calls plain HTTP on its own machine only: it has to be this one.
            peer: startProofPeer,
          },
          // The whole ledger is long, and all of it has to be looked through for secrets before it is sent.
          privateCauseOf: async (exchange) => {
            const id = header(exchange.response.headers, 'x-okta-request-id')
            const lines = id ? [await ask('GET', `requests/${id}`, undefined)] : await ask('GET', 'requests', undefined)
            return causeIn(lines as LedgerLine[], exchange)
          },
          async close() {
            await restore()
            stopping.signal.throwIfAborted()
          },
        }
      } catch (error) {
        await restore()
        throw error
      }
    },
    close: forget,
  }
}

interface LedgerLine {
  id: string
  cause: string | null
  response: { body: string }
}

// Answers of Okta's edge carry no request id; their error id is as unique.
function causeIn(lines: readonly LedgerLine[], exchange: Exchange): string | undefined {
  const requestId = header(exchange.response.headers, 'x-okta-request-id')
  const errorId = parseErrorBody(exchange.response.body)?.id
  const line = lines.find(
    ({ id, response }) => id === requestId || (errorId !== undefined && response.body.includes(errorId)),
  )
  return line?.cause ?? undefined
}

function readBase(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin
  throw new Refusal(2, `--org ${text}: give the URL that \`errorg serve\` prints, such as http://127.0.0.1:4000.`)
}

async function readHealth(
  base: string,
  headers: Record<string, string>,
  options: { controlTokenEnv: string; io: Io },
): Promise<{ contract: Contract }> {
  const answer = await options.io
    .fetch(`${base}/_errorg/health`, { headers, redirect: 'manual', signal: AbortSignal.timeout(10_000) })
    .catch((error: Error & { cause?: { code?: string } }) => {
      throw new Refusal(
        5,
        `${base} does not answer (${error.cause?.code ?? error.message}). Is \`errorg serve\` running there?`,
      )
    })
  const text = await answer.text()
  if (answer.status === 403 && text.includes('x-errorg-control-token')) {
    throw new Refusal(
      4,
      `${base} demands its control token. Put it into the environment variable ${options.controlTokenEnv}, or name another one with --control-token-env.`,
    )
  }
  const health = parse(text) as { product?: unknown; contract?: Contract } | undefined
  if (answer.ok && health?.product === 'errorg' && health.contract) return { contract: health.contract }
  throw new Refusal(
    2,
    `${base} is no errorg, or its control API is off: /_errorg/health answered ${answer.status}. ` +
      'Proofs change users, tokens and limits, so they run in a local errorg only. Leave --org out for a fresh one.',
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
