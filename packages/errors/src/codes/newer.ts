// Which codes does Okta list today that the reference does not have yet?
import { newerCodeTuples } from './newer.generated.ts'

/** A code that is younger than the reference: status and summary only, no causes. */
export interface NewerCode {
  /** `E` and seven digits. */
  code: string
  status: number
  /** As Okta publishes it: `{0}`, `{1}` … are filled on the wire. */
  summary: string
}

/** All of them, in ascending order. E0000113 is in the reference, so its newer meaning stands in its entry. */
export const newerCodes: readonly NewerCode[] = newerCodeTuples.map(([code, status, summary]) => ({
  code,
  status,
  summary,
}))

/** What is known of this newer code, or undefined for a code of the reference or an unknown one. */
export function findNewerCode(code: string): NewerCode | undefined {
  return newerCodes.find((newer) => newer.code === code)
}
