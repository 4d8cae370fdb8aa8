// With which key and certificate does `serve --tls` answer? Made anew at each start, good for this machine's names only.
import { isIP } from 'node:net'

/** A key and its certificate, both PEM. */
export interface Certificate {
  key: string
  cert: string
}

// Long enough for a test machine that stays up, short enough that a forgotten file does not count for ever.
const VALID_DAYS = 30

/** Makes a certificate for localhost, 127.0.0.1, ::1 and the given further hosts. `now` is in milliseconds. */
export async function makeCertificate(hosts: readonly string[], now: number): Promise<Certificate> {
  // Twenty packages stand behind this one; nobody without --tls waits for them.
  const { generate } = await import('selfsigned')
  const names = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts.map(bare)])]
  const made = await generate([{ name: 'commonName', value: 'errorg local org' }], {
    // An elliptic key takes milliseconds, an RSA key up to a second.
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A minute back: clocks of containers and their hosts differ a little.
    notBeforeDate: new Date(now - 60_000),
    notAfterDate: new Date(now + VALID_DAYS * 86_400_000),
    extensions: [
      // The certificate is its own root and no authority: whoever trusts the file trusts this org, nothing else.
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  })
  return { key: made.private, cert: `${made.cert.trimEnd()}\n` }
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
}
