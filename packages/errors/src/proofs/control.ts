// How does a proof steer the org: its clock, its settings, what only an administrator's console makes?

/** What a proof may do to the org besides calling it. */
export interface Control {
  /** Moves the org's clock; due jobs have run when it resolves. */
  advance(seconds: number, freeze?: boolean): Promise<unknown>
  /** Changes settings. */
  settings(patch: Readonly<Record<string, unknown>>): Promise<unknown>
  /** Adds seed data; resolves to what was made. */
  seed(data: Readonly<Record<string, unknown>>): Promise<unknown>
  /** The newest message to an address, or `undefined`. */
  inbox(to: string): Promise<unknown>
}

/** Steers a running org through its control API. `fetch` may be the org's own, so that nothing is listening. */
export function httpControl(
  fetch: (request: Request) => Promise<Response>,
  baseUrl: string,
  headers: Readonly<Record<string, string>> = {},
): Control {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const request = new Request(`${baseUrl.replace(/\/+$/, '')}/_errorg/${path}`, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const response = await fetch(request)
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`${method} /_errorg/${path} answered ${response.status}: ${text.slice(0, 500)}`)
    }
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    advance: (seconds, freeze) =>
      ask('POST', 'clock', { advanceSeconds: seconds, ...(freeze !== undefined && { freeze }) }),
    settings: (patch) => ask('PATCH', 'settings', patch),
    seed: (data) => ask('POST', 'seed', data),
    async inbox(to) {
      const messages = await ask('GET', `inbox?to=${encodeURIComponent(to)}`)
      return Array.isArray(messages) ? messages[0] : messages
    },
  }
}
