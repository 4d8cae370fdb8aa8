// What does a browser see of /authorize? A page that says why there is no way back, one that asks who is there, and two
// that carry an answer to the application.
import { createHash } from 'node:crypto'
import type { Answer } from '../http/exchange.ts'
import { escapeHtml } from './error-reference.ts'

/** A page with its headers. */
export type Page = Answer & { headers: NonNullable<Answer['headers']> }

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 28rem; padding: 0 1rem; color: #1d1d21; background: #fff }
h1 { font-size: 1.4rem }
dt { font-weight: 600 }
dd { margin: 0 0 .6rem; overflow-wrap: anywhere }
label { display: block; margin: .8rem 0 }
input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .4rem }
button { font: inherit; padding: .4rem 1.2rem }
[role=alert] { color: #b3261e }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16161a } [role=alert] { color: #f2b8b5 } }
`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

interface Parts {
  status?: number
  title: string
  body: string
  script?: string
  /** More of the content security policy. */
  policy?: string
  /** Who may show it in a frame. */
  frames?: string
}

function render({ status = 200, title, body, script, policy = '', frames = "'self'" }: Parts): Page {
  const scripts = script === undefined ? '' : ` script-src ${hashOf(script)};`
  return {
    status,
    text: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      [
        'content-security-policy',
        `default-src 'none'; style-src ${hashOf(style)};${scripts}${policy} frame-ancestors ${frames}`,
      ],
      ['referrer-policy', 'no-referrer'],
    ],
  }
}

/** Why a request cannot be sent back: shown before client and address are verified, with Okta's words. */
export function renderOAuthError(status: number, error: string, description: string): Page {
  return render({
    status,
    title: `${status} Bad Request`,
    body: `<h1>400 Bad Request</h1>
<p>Your request resulted in an error.</p>
<dl>
<dt>Identity Provider</dt><dd>Unknown</dd>
<dt>Error Code</dt><dd>${escapeHtml(error)}</dd>
<dt>Description</dt><dd>${escapeHtml(description)}</dd>
</dl>`,
  })
}

const formScript = 'document.forms[0].submit()'

/** A form that the browser posts to the application at once. */
export function renderFormPost(redirectUri: string, params: readonly (readonly [string, string])[]): Page {
  const inputs = params.map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  return render({
    title: 'Back to the application',
    body: `<form method="post" action="${escapeHtml(redirectUri)}">
${inputs.join('\n')}
<noscript><button>Continue</button></noscript>
</form>`,
    script: formScript,
  })
}

const messageScript = `
const { target, message } = document.body.firstElementChild.dataset
;(window.opener || window.parent).postMessage(JSON.parse(message), target)
`

/** A page in a hidden frame or a popup, that tells the window which opened it. */
export function renderPostMessage(redirectUri: string, params: readonly (readonly [string, string])[]): Page {
  const { origin } = new URL(redirectUri)
  const target = origin === 'null' ? "'none'" : origin
  return render({
    title: 'Back to the application',
    body: `<div data-target="${escapeHtml(origin)}" data-message="${escapeHtml(JSON.stringify(Object.fromEntries(params)))}"></div>`,
    script: messageScript,
    frames: target,
  })
}

// What Okta's sign-in widget does, in few lines: a session token from /authn, then the same request again with it.
const signInScript = `
const form = document.forms[0]
const alert = document.querySelector('[role=alert]')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  alert.textContent = ''
  const response = await fetch('/api/v1/authn', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ username: form.username.value, password: form.password.value }),
  })
  const answer = await response.json()
  if (answer.sessionToken) {
    const url = new URL(form.dataset.next, location.href)
    url.searchParams.set('sessionToken', answer.sessionToken)
    location.replace(url)
  } else alert.textContent = answer.errorSummary || 'The sign-in stopped at ' + answer.status + '.'
})
`

/** Asks who is there; `next` is the request that goes on afterwards. */
export function renderSignIn(next: string, application: string, loginHint: string, frames: string): Page {
  return render({
    frames,
    title: 'Sign in',
    body: `<h1>Sign in to ${escapeHtml(application)}</h1>
<form data-next="${escapeHtml(next)}">
<p role="alert"></p>
<label>Username <input name="username" autocomplete="username" value="${escapeHtml(loginHint)}" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>`,
    script: signInScript,
    policy: " connect-src 'self';",
  })
}

/** Asks whether an application may have some scopes; the browser posts the decision to `action`. */
export function renderConsent(action: string, key: string, application: string, scopes: readonly string[]): Page {
  return render({
    title: 'Allow access',
    body: `<h1>${escapeHtml(application)} would like to:</h1>
<ul>
${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('\n')}
</ul>
<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="okta_key" value="${escapeHtml(key)}">
<button name="decision" value="allow">Allow access</button>
<button name="decision" value="deny">Don't allow</button>
</form>`,
  })
}
