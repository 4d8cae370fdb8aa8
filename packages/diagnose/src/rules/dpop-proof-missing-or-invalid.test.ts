import { dpopProofMissingOrInvalid } from './dpop-proof-missing-or-invalid.ts'
import { judge, oauth } from './speaks-and-stays-silent.ts'

const bound = { payload: { iss: 'https://example.okta.com', cnf: { jkt: 'k1' } } }

judge(dpopProofMissingOrInvalid, {
  speaks: [
    ['the word of the answer', oauth('invalid_dpop_proof', 'The DPoP proof JWT header is missing.'), 'certain'],
    ['the sentence of a library', { responseBody: { error: 'DPoP proof is invalid: htu does not match' } }, 'certain'],
    [
      'a bound token sent as Bearer',
      {
        httpStatus: 401,
        tokenClaims: bound,
        requestHeaders: { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' },
      },
      'certain',
    ],
  ],
  silent: [
    [
      'a bound token sent as DPoP',
      { httpStatus: 401, tokenClaims: bound, requestHeaders: { authorization: 'DPoP eyJhbGciOiJSUzI1NiJ9.e30.c2ln' } },
    ],
    ['a wish for a nonce', oauth('use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.')],
    ['an unbound token', { httpStatus: 401, tokenClaims: { payload: { iss: 'https://example.okta.com' } } }],
  ],
})
