// Why did no answer come at all? What curl says in the end, by its exit code: the call never reached the API, so that
// neither a credential nor a right is the matter.
import type { Facts } from './facts.ts'
import type { Because, Strength } from './finding.ts'

/** Why there is no answer. */
export interface NoAnswer {
  strength: Strength
  because: Because
  fix: readonly string[]
}

interface Meaning {
  strength: Strength
  says: string
  fix: readonly string[]
}

/** What curl wrote when no answer came; undefined where there is one, or where curl says nothing of the kind. */
export function noAnswer(facts: Facts): NoAnswer | undefined {
  if (facts.status !== undefined) return undefined
  for (const { place, text } of facts.told) {
    const said = /^curl says: (curl: \((\d{1,3})\) (.*))$/s.exec(text)
    const meaning = said && meaningOf(Number(said[2]), said[3]!)
    if (meaning) {
      const { strength, fix, says } = meaning
      return { strength, because: { place, quote: said[1]!, says: `No answer came: ${says}` }, fix }
    }
  }
  return undefined
}

const compare =
  'Compare scheme, host and port with the address of the org: `https://{your-org}.okta.com`, or the one that `errorg serve` prints.'

function meaningOf(code: number, words: string): Meaning | undefined {
  const [, host = 'the host', port] = /connect to (\S{1,200}) port (\d{1,5})/i.exec(words) ?? []
  switch (code) {
    case 3:
      return {
        strength: 'certain',
        says: 'the address is empty or broken, most often because a variable in it is empty.',
        fix: [
          'Look at the variable in the URL: `echo "$ORG"`. Set it in this very shell, such as `ORG=https://{your-org}.okta.com`.',
          'Put the whole URL into double quotes, so that `?`, `&` and blanks in it stay, and percent-encode blanks and quotes.',
        ],
      }
    case 6:
      return {
        strength: 'likely',
        says: 'the name of the host does not resolve to an address.',
        fix: [
          'Read the name letter by letter: a typing error, a domain that stands twice, a placeholder that was not replaced.',
          'If it is right, look whether this machine resolves any name: a VPN or a missing network looks the same.',
        ],
      }
    case 7:
      return {
        strength: 'likely',
        says: `nobody listens on ${port === undefined ? 'that host and port' : `${host}:${port}`}.`,
        fix: [
          compare,
          'A local org has to be running: start it with `errorg serve`, and use the port that it prints.',
          'In a container `127.0.0.1` is the container itself: use the name of the other service or of the host.',
        ],
      }
    case 28:
      return {
        strength: 'possible',
        says: 'it took too long, and curl gave up.',
        fix: [
          'If not even the connection was made, a firewall, a VPN or a proxy swallows it: try the same host from another network.',
          compare,
          'If the request was sent, it may have been carried out: read back before you repeat a change.',
        ],
      }
    case 35:
      return /wrong version number|packet length too long|record layer failure|http request/i.test(words)
        ? {
            strength: 'likely',
            says: 'this port speaks http, and the call speaks https.',
            fix: [
              'Write `http://` for a local org that was started without TLS. An org at Okta takes https only.',
              'Look whether a proxy (`https_proxy`) stands between: its own address begins with `http://` as a rule.',
            ],
          }
        : {
            strength: 'possible',
            says: 'both sides could not agree on an encrypted connection.',
            fix: [
              compare,
              'Look at what stands between: a proxy, a scanner of TLS traffic, or a very old TLS library.',
            ],
          }
    case 60:
      return {
        strength: 'possible',
        says: 'the certificate of the host is not one that curl trusts.',
        fix: [
          'For a local org, trust the file that `errorg serve` prints: `--cacert FILE`.',
          'In a company network a proxy may put its own certificate in place: give curl the certificate of its authority with `--cacert`.',
          compare,
          'Do not switch the check off with `-k` where a real token is sent.',
        ],
      }
    default:
      return undefined
  }
}
