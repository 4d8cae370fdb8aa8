// Which access token is the current one, and who fetches the next? One request for all who wait, before the old one
// ends, and after a refusal only if it was the current one that was refused.
import { type Clock, systemClock } from '../clock.ts'
import { TokenError } from '../errors.ts'
import type { Listener } from '../events.ts'
import type { Fetch } from '../layer.ts'
import { createServerClock, learnDate, serverTimeAtLeast } from '../pace/server-clock.ts'
import { createConcealer } from './conceal.ts'
import type { OAuthCredential, RefreshedTokens } from './credential.ts'
import { proveClient } from './prove-client.ts'
import { copyOf, requestToken, type TokenAnswer, type TokenRefusal } from './request-token.ts'

/** An access token and what is known of it. Moments are ticks of the clock here. */
export interface HeldToken {
  /** `Bearer …` */
  header: string
  bornAt: number
  /** From here on a new one is fetched while this one is still used. */
  renewAt: number
  /** From here on calls wait for the new one. */
  waitAt: number
  endsAt: number
  /** The org has refused it. */
  refused: boolean
  /** It was fetched because the org refused the one before. */
  afterRefusal: boolean
  /** A call with it got another answer than a refusal. */
  accepted: boolean
}

/** Keeps one token current. */
export interface TokenSource {
  /** The token for a call that goes out now, if there is one; may begin to fetch the next. */
  current(fetch: Fetch): HeldToken | undefined
  /** The next token; who asks while it is being fetched waits for the same one. Rejects with a TokenError. */
  next(fetch: Fetch): Promise<HeldToken>
  /** The org refused this token. `false`: another one would fare no better, so the refusal is the answer. */
  refuse(token: HeldToken): boolean
}

/** What a source is made with. */
export interface TokenSourceOptions {
  /** URL of the org, without a slash at its end. */
  baseUrl: string
  timeoutMs?: number
  marginMs?: number
  coolDownMs?: number
  newId?: () => string
  clock?: Clock
  tell: Listener
}

/** A fresh token that is refused so soon, and was never accepted, shows that fresh tokens do not help. */
const noHelpMs = 10_000
/** A refusal that names a longer wait is asked about again after this. */
const longestCoolDownMs = 60_000
/** Seconds come from the Date header, and an answer takes its time: below this, two clocks agree. */
const clocksAgreeMs = 5_000

/** Makes one. */
export function createTokenSource(credential: OAuthCredential, options: TokenSourceOptions): TokenSource {
  const { baseUrl, timeoutMs = 10_000, marginMs = 60_000, coolDownMs = 1_000 } = options
  const { clock = systemClock(), newId = () => crypto.randomUUID(), tell } = options
  const { clientSecret, privateKey, scope, server, onTokens } = credential
  const url = `${baseUrl}/oauth2/${server === undefined ? '' : `${encodeURIComponent(server)}/`}v1/token`
  const concealer = createConcealer()
  const prove = proveClient(credential, newId, concealer)
  const serverClock = createServerClock()
  const by = privateKey !== undefined ? 'key' : clientSecret !== undefined ? 'secret' : 'nothing'
  let { refreshToken } = credential
  if (refreshToken !== undefined) concealer.learn(refreshToken)
  const asked = { by, refresh: refreshToken !== undefined, server, scope } as const

  let held: HeldToken | undefined
  let fetching: Promise<HeldToken> | undefined
  let failed: { error: TokenError; until: number } | undefined
  /** Tokens that `onTokens` has not kept yet. */
  let unkept: { tokens: RefreshedTokens; answer: TokenAnswer } | undefined

  const serverNow = () => (serverClock.known ? serverTimeAtLeast(serverClock, clock.ticks()) : clock.now())

  async function ask(fetch: Fetch): Promise<TokenAnswer | TokenRefusal> {
    const { form, headers } = await prove(url, serverNow())
    const grant: Record<string, string> =
      refreshToken === undefined
        ? { grant_type: 'client_credentials' }
        : { grant_type: 'refresh_token', refresh_token: refreshToken }
    return requestToken(
      fetch,
      {
        url,
        form: { ...grant, ...(scope !== '' && { scope }), ...form },
        headers,
        timeoutMs,
        idempotent: by === 'secret' && refreshToken === undefined,
        asked,
      },
      {
        clock,
        concealer,
        learnDate: (dateMs, sentAt) => learnDate(serverClock, dateMs, sentAt, clock.ticks()),
      },
    )
  }

  async function askRightly(fetch: Fetch): Promise<TokenAnswer | TokenRefusal> {
    const offset = serverNow() - clock.ticks()
    const answer = await ask(fetch)
    if (by !== 'key' || !('error' in answer) || answer.error.error !== 'invalid_client') return answer
    // An assertion by a clock that is wrong is refused as an invalid client. The refusal has told the right time.
    const isSkewed = Math.abs(serverNow() - clock.ticks() - offset) > clocksAgreeMs
    return isSkewed ? ask(fetch) : answer
  }

  async function fetchToken(fetch: Fetch): Promise<TokenAnswer | TokenRefusal> {
    // What could not be kept is offered again before anything new is fetched, as long as it is of use.
    if (unkept !== undefined && endOf(unkept.answer) > clock.ticks()) {
      const { answer } = unkept
      await keep()
      return answer
    }
    const answer = await askRightly(fetch)
    if ('error' in answer || refreshToken === undefined) return answer
    if (answer.refreshToken === undefined || answer.refreshToken === refreshToken) return answer
    refreshToken = answer.refreshToken
    const { accessToken, idToken, scope: granted } = answer
    unkept = {
      answer,
      tokens: { refreshToken, accessToken, ...(idToken && { idToken }), ...(granted && { scope: granted }) },
    }
    await keep()
    return answer
  }

  async function keep(): Promise<void> {
    try {
      await within(timeoutMs, async () => onTokens!({ ...unkept!.tokens }))
    } catch (error) {
      const cause = copyOf(error, concealer)
      tell({ type: 'token', what: 'not-kept', why: cause.message })
      throw new TokenError(
        {
          says: `There is a new refresh token, and \`onTokens\` did not keep it: ${cause.message.replace(/\.$/, '')}. The access token was not used, so that the sign-in is not lost; the next call offers the tokens again.`,
        },
        { cause },
      )
    }
    unkept = undefined
  }

  function within(ms: number, work: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = clock.after(ms, () => reject(new Error(`it did not end within ${ms} ms`)))
      work()
        .finally(() => timer.cancel())
        .then(resolve, reject)
    })
  }

  function hold(answer: TokenAnswer): HeldToken {
    const { accessToken, sentAt, lifetimeMs } = answer
    const endsAt = endOf(answer)
    const early = Math.min(marginMs, (lifetimeMs ?? 0) / 5)
    return {
      header: `Bearer ${accessToken}`,
      bornAt: sentAt,
      renewAt: endsAt - early,
      waitAt: endsAt - early / 6,
      endsAt,
      refused: false,
      afterRefusal: held?.refused === true,
      accepted: false,
    }
  }

  function whyNow(): string {
    if (held === undefined) return 'there was none'
    return held.refused ? 'the org refused the one before' : 'the one before ends'
  }

  async function renew(fetch: Fetch): Promise<HeldToken> {
    const why = whyNow()
    let error: TokenError
    let waitMs = 0
    try {
      const answer = await fetchToken(fetch)
      if (!('error' in answer)) {
        held = hold(answer)
        failed = undefined
        fetching = undefined
        tell({ type: 'token', what: 'renewed', why })
        return held
      }
      error = answer.error
      waitMs = answer.waitMs ?? 0
    } catch (caught) {
      error = asTokenError(caught)
    }
    // Not remembered as the answer: only who comes right now is told the same, so that a herd asks once.
    failed = { error, until: clock.ticks() + Math.min(longestCoolDownMs, Math.max(coolDownMs, waitMs)) }
    fetching = undefined
    tell({ type: 'token', what: 'failed', why: error.message })
    throw error
  }

  function asTokenError(error: unknown): TokenError {
    if (error instanceof TokenError) return error
    const cause = copyOf(error, concealer)
    return new TokenError({ says: `There is no access token, and none was asked for. ${cause.message}` }, { cause })
  }

  // Nobody's call: it is begun for all, so no single abort ends it, and who waits is told of its end.
  function begin(fetch: Fetch): Promise<HeldToken> {
    if (fetching !== undefined) return fetching
    if (failed !== undefined && clock.ticks() < failed.until) return Promise.reject(failed.error)
    fetching = renew(fetch)
    fetching.catch(() => undefined)
    return fetching
  }

  const isUsable = () => held !== undefined && !held.refused && clock.ticks() < held.endsAt

  return {
    current(fetch) {
      if (held === undefined || held.refused) return undefined
      const now = clock.ticks()
      if (now < held.renewAt) return held
      if (now >= held.waitAt) return undefined
      begin(fetch).catch(() => undefined)
      return held
    },
    async next(fetch) {
      try {
        return await begin(fetch)
      } catch (error) {
        // It was fetched ahead of time: the old one still counts for a moment.
        if (isUsable()) return held!
        throw error
      }
    },
    refuse(token) {
      if (token !== held) return true
      const now = clock.ticks()
      if (token.afterRefusal && !token.accepted && now - token.bornAt < noHelpMs) return false
      token.refused = true
      return true
    },
  }
}

// Counted from the sending: the server made it after that, whatever the way back took.
function endOf({ sentAt, lifetimeMs }: TokenAnswer): number {
  return lifetimeMs === undefined ? Number.POSITIVE_INFINITY : sentAt + lifetimeMs
}
