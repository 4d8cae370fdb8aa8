// Which error did the authorization server send back in this redirect? Takes the address from the browser's bar or a log.
import { type Reader, type Reading, refuse } from './reader.ts'

export const redirect: Reader = {
  name: 'redirect',
  says: 'the redirect address with its error parameter',
  read: readRedirect,
}

const MAX_URL = 16_000

/** True for one address (of any scheme, apps have their own) that carries an error parameter. */
export function isRedirect(text: string): boolean {
  return text.length <= MAX_URL && /^[a-z][a-z0-9+.-]{0,80}:\/{1,3}\S+$/i.test(text) && /[?#&]error=/.test(text)
}

function readRedirect(text: string): Reading {
  const line = text.trim().replace(/^location:\s*/i, '')
  if (isRedirect(line)) return { evidences: [{ redirectUrl: line }], gaps: [] }
  return refuse(
    'An address without an error parameter.',
    'A refused sign-in comes back as …?error=…&error_description=…, in the query or behind the #.',
    'The whole address at the moment of the failure, including everything behind ? and #.',
  )
}
