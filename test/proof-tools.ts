// What does a proof need of an org to be run against it?
import { generateKeyPairSync } from 'node:crypto'
import { httpControl, type ProofTools } from '@errorg/errors/proofs'
import { createProofSigner, type RunningOrg, startProofPeer } from '@errorg/server'

/** Keys that orgs of proofs sign with. Made once: a key takes longer than most proofs. */
export const signingKeys = [
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey,
]

const signer = createProofSigner()

/** The tools for proofs against this org. */
export function toolsOf(org: RunningOrg): ProofTools {
  return {
    fetch: org.fetch,
    baseUrl: org.url,
    adminToken: org.token,
    control: httpControl(org.fetch, org.url),
    sign: signer(org.clock.now),
    peer: startProofPeer,
  }
}
