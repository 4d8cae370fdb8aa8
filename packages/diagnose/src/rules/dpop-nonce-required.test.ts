import { dpopNonceRequired } from './dpop-nonce-required.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

judge(dpopNonceRequired, {
  speaks: [
    [
      'the word of the answer',
      oauth('use_dpop_nonce', undefined, { responseHeaders: { 'dpop-nonce': 'n1' } }),
      'certain',
    ],
    ['the sentence in a log', { responseBody: 'Authorization server requires nonce in DPoP proof.' }, 'certain'],
  ],
  silent: [
    ['a nonce that came with a success', { httpStatus: 200, responseHeaders: { 'dpop-nonce': 'n1' } }],
    ['a proof that is wrong otherwise', oauth('invalid_dpop_proof', 'The DPoP proof JWT header is missing.')],
    ['the nonce of a sign-in', oauth('invalid_request', "The 'nonce' parameter is required.")],
  ],
})
