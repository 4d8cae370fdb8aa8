// Which causes look the same to a caller? Two failures are of one class when everything that a caller can see of
// them is equal, once ids, names and numbers of the occurrence are masked.
import type { Exchange, RaisedAs } from '@errorg/errors/proofs'
import { header } from '@errorg/errors/wire'

/** What a caller sees of a failure, without what is particular to one occurrence. */
export function wireClass(raised: Exchange, as: RaisedAs | undefined): string {
  const authorization = header(raised.request.headers, 'authorization') ?? ''
  const scheme = authorization.split(' ')[0]!.toLowerCase()
  return JSON.stringify([
    raised.response.status,
    as?.code,
    mask(as?.summary ?? ''),
    (as?.causes ?? []).map(mask),
    header(raised.response.headers, 'www-authenticate') ?? null,
    limitsOf(raised),
    scheme.length > 10 ? 'no scheme' : scheme,
  ])
}

function mask(text: string): string {
  return text
    .replace(/\b[0-9a-zA-Z]{20}\b/g, '{id}')
    .replace(/'[^']*'|"[^"]*"/g, '{quoted}')
    .replace(/\b\d+\b/g, '{n}')
}

// A limit of 0 tells a concurrency limit; the other numbers are of the occurrence.
function limitsOf(raised: Exchange): string {
  const limit = header(raised.response.headers, 'x-rate-limit-limit')
  if (limit === undefined) return 'none'
  return limit === '0' ? 'zero' : 'some'
}
