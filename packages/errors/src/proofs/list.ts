// Which proofs does an entry have?
import type { ErrorEntry, RedirectErrorEntry } from '../define.ts'
import type { Proof } from './step.ts'

/** A proof with the cause that it proves. */
export interface ListedProof {
  /** `E0000016`, or the `error` value of a redirect error. */
  code: string
  causeId: string
  cause: ErrorEntry['causes'][string]
  proof: Proof
  /** Its place among the proofs of the same cause, from 0. */
  index: number
}

/** The proofs of an entry, in the order of its causes. */
export function proofsOf(entry: ErrorEntry | RedirectErrorEntry): ListedProof[] {
  const code = 'code' in entry ? entry.code : entry.error
  return Object.entries(entry.causes).flatMap(([causeId, cause]) => {
    const proofs: readonly Proof[] =
      cause.proof === undefined ? [] : Array.isArray(cause.proof) ? cause.proof : [cause.proof as Proof]
    return proofs.map((proof, index) => ({ code, causeId, cause, proof, index }))
  })
}
