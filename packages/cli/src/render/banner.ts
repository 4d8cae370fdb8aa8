// What does a person see when the org has started? Address, credentials, and lines to paste.
import type { ServeResult } from '../commands/serve.ts'
import { type Look, paint, table } from './text.ts'

/** The banner of `errorg serve`. */
export function banner(org: ServeResult, extra: { edition: string; look: Look }): string {
  const c = paint(extra.look)
  const rows: [string, string][] = [
    ['API token', org.token],
    ['Admin', `${org.adminLogin}  ${org.adminPassword}`],
    ...org.users
      .slice(0, 3)
      .map((user, at): [string, string] => [at === 0 ? 'Users' : '', `${user.login}  ${user.password}`]),
    ...(org.users.length > 3
      ? [['', `and ${org.users.length - 3} more: \`--json\` lists all`] as [string, string]]
      : []),
    ...clientRows(org.clients),
    [
      'Contract',
      org.contract === 'reference'
        ? 'reference (the error code reference as given)'
        : 'current (as Okta answers today)',
    ],
    ['Rate limits', extra.edition],
    ['Control API', org.controlUrl ?? 'off'],
    ['Error codes', `${org.url}/docs/reference/error-codes`],
    ...(org.caFile === undefined
      ? []
      : [
          ['Certificate', org.caFile] as [string, string],
          [
            '',
            'trust it with NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE or SSL_CERT_FILE; it goes when the org stops',
          ] as [string, string],
        ]),
  ]
  const auth = `${org.caFile === undefined ? '' : `--cacert ${shell(org.caFile)} `}-H 'Authorization: SSWS ${org.token}'`
  const nodeTrust = org.caFile === undefined ? '' : `NODE_EXTRA_CA_CERTS=${shell(org.caFile)} `
  return `${c.bold('errorg')} serves a local org at ${c.cyan(org.url)}

${table(rows.map(([name, value]) => [`  ${name}`, value]))}

${c.bold('Ask it something')}
  curl -sS ${auth} ${org.url}/api/v1/users/me

${c.bold('Let something fail, and ask why')}
  curl -sSv ${auth} ${org.url}/api/v1/users/nobody 2>&1 | npx errorg diagnose
  ${nodeTrust}npx errorg trigger E0000007 --org ${org.url}

${c.bold('Node SDK')}
  new okta.Client({ orgUrl: '${org.url}', token: '${org.token}' })${nodeTrust && `\n  started with ${nodeTrust.trim()}`}

Stop it with Ctrl+C.
`
}

// The first client in full; where the others are.
function clientRows(clients: ServeResult['clients']): [string, string][] {
  const [first, ...others] = clients
  if (!first) return []
  const [redirectUri] = first.redirectUris
  return [
    ['Client', [first.clientId, first.clientSecret].filter((word) => word !== undefined).join('  ')],
    ...(redirectUri === undefined ? [] : [['', `redirects to ${redirectUri}`] as [string, string]]),
    ...(others.length > 0 ? [['', `and ${others.length} more: \`--json\` lists all`] as [string, string]] : []),
  ]
}

// A path as one word of a shell.
function shell(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
