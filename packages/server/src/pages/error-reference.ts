// Where does an error's link lead? To this page: all codes by code and by HTTP status, with an anchor each.
import { createHash } from 'node:crypto'
import { codes } from '@errorg/errors/codes'
import { redirectErrors } from '@errorg/errors/oauth'
import type { Answer } from '../http/exchange.ts'
import type { RouteRow } from '../routes.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character]!)
}

// The org's content security policy allows no inline styles, so the page brings one that names this very text.
const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1d1d21; background: #fff }
table { border-collapse: collapse; width: 100%; margin-bottom: 3rem }
th, td { border: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top }
th { background: #f4f4f4 }
:target { background: #fff3bf }
a { color: #0b57d0 }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16161a } th { background: #26262c } th, td { border-color: #444 } a { color: #8ab4f8 } :target { background: #5c4a00 } }
`

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'self'`

/** The page, as HTML. */
export function renderErrorReference(): string {
  const entries = Object.values(codes)
  const byCode = entries
    .map(
      ({ code, reference }) =>
        `<tr><td><a id="${code}" href="#${code}">${code}</a></td><td>${escapeHtml(reference.description)}</td><td>${reference.status}</td></tr>`,
    )
    .join('\n')
  const statuses = [...new Set(entries.map((entry) => entry.reference.status))].sort((a, b) => a - b)
  const byStatus = statuses
    .map((status) => {
      const rows = entries.filter((entry) => entry.reference.status === status)
      return rows
        .map(
          ({ code, reference }, i) =>
            `<tr>${i === 0 ? `<th rowspan="${rows.length}" scope="rowgroup">${status}</th>` : ''}<td><a href="#${code}">${code}</a></td><td>${escapeHtml(reference.description)}</td></tr>`,
        )
        .join('\n')
    })
    .join('\n')
  const redirects = Object.values(redirectErrors)
    .map(
      ({ error, reference }) =>
        `<tr><td><a id="${error}" href="#${error}">${error}</a></td><td>${escapeHtml(reference.description)}</td></tr>`,
    )
    .join('\n')
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Error codes - errorg</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Error codes</h1>
<p>The errors that this org can answer, as the error code reference for Okta APIs lists them. <code>errorg explain CODE</code> tells causes and fixes. Not affiliated with Okta, Inc.</p>
<h2 id="by-code">By error code</h2>
<table><thead><tr><th scope="col">Error code</th><th scope="col">Description</th><th scope="col">HTTP status</th></tr></thead><tbody>
${byCode}
</tbody></table>
<h2 id="by-status">By HTTP status</h2>
<table><thead><tr><th scope="col">HTTP status</th><th scope="col">Error code</th><th scope="col">Description</th></tr></thead><tbody>
${byStatus}
</tbody></table>
<h2 id="redirect-errors">Errors handed to the application by redirect</h2>
<table><thead><tr><th scope="col">error</th><th scope="col">error_description</th></tr></thead><tbody>
${redirects}
</tbody></table>
</main>
</body>
</html>
`
}

async function show(): Promise<Answer> {
  return {
    status: 200,
    text: renderErrorReference(),
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['content-security-policy', policy],
    ],
  }
}

const html = ['text/html']

/** The page and the two paths it had before. */
export const errorReferenceRoutes: readonly RouteRow[] = [
  { on: 'GET /docs/reference/error-codes', needs: 'anyone', answers: html, handle: show },
  { on: 'GET /docs/getting_started/error_codes', needs: 'anyone', answers: html, handle: show },
  { on: 'GET /reference/error_codes', needs: 'anyone', answers: html, handle: show },
]
