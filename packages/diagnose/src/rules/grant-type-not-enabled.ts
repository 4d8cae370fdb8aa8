// Does the app or the authorization server not allow this grant or response type?
import { namedBy, parameter } from './oauth.ts'
import { byCode, type Rule, shown, speak } from './rule.ts'

const fix = [
  'Compare `grant_type` or `response_type` of the request with the grant types of the app: Applications > your app > General. The text may list those that are enabled.',
  'Tick the grant there, or send one that is ticked. For sign-ins choose the authorization code with PKCE; the implicit grant is a thing of the past.',
  'For a custom server, a rule of its access policy has to allow the grant as well.',
]
const OTHER =
  /cannot use a custom authorization server|can only be used with a custom authorization server|application_type/i

export const grantTypeNotEnabled: Rule = {
  kind: 'grant-type-not-enabled',
  speak(facts) {
    const named = namedBy(
      facts,
      {
        sentence:
          /\bnot authorized to use the provided grant type|\bgrant[_ ]type\b.{0,60}\b(?:is not|isn't|not) (?:supported|enabled|allowed|configured)\b|\bresponse[_ ]type\b.{0,40}\b(?:is not|isn't|not) (?:supported|enabled|allowed)\b|\bmay only use the authorization_code grant_type|\bgrant types? required\b.{0,60}\bdisabled\b|\bdoesn't have the '[\w:-]+' grant type configured/i,
        reasons:
          'unauthorized_client|unsupported_grant_type\\w*|unsupported_response_type|ciba_request_grant_type_not_configured|direct_auth_prompted_grant_type_disabled_for_client|direct_auth_grant_types_supported_not_prompted',
      },
      'The app or the server does not have this grant or response type enabled.',
    )
    const type = parameter(facts, 'grant_type') ?? parameter(facts, 'response_type')
    const asked = type !== undefined && {
      place: 'request',
      quote: shown(type),
      says: 'This is what the request asks for.',
    }
    if (named && !OTHER.test(named.quote))
      return speak('grant-type-not-enabled', 'certain', [named, asked], { fix, weight: 9 })
    if (
      named === undefined &&
      ['unauthorized_client', 'unsupported_grant_type', 'unsupported_response_type'].includes(facts.code ?? '') &&
      !OTHER.test(facts.summary ?? '')
    )
      return speak(
        'grant-type-not-enabled',
        'likely',
        [byCode(facts, 'This word stands for a grant or response type that is not enabled.'), asked],
        { fix, weight: 7 },
      )
    return []
  },
}
