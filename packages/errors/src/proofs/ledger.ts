// Which causes cannot be proven yet, and why? An exact list: a test fails when one is missing or no longer needed.

/** A cause without a proof. */
export interface LedgerEntry {
  /** `E0000056`, or the value of `error` of a redirect error. */
  code: string
  cause: string
  /** What the proof waits for. */
  why: string
}

interface Room {
  why: string
  /** Ids of causes by their code. */
  causes: Readonly<Record<string, readonly string[]>>
}

/** What is missing, by the part of the org that a proof would need. */
const rooms = {
  provisioning: {
    why: 'The org pushes nothing to SCIM servers yet.',
    causes: {
      E0000048: ['target-object-gone'],
      E0000049: ['scim-answer-empty', 'scim-answer-incomplete'],
      E0000050: ['scim-value-refused'],
      E0000051: ['scim-server-unreachable', 'scim-server-too-slow'],
      E0000052: ['scim-endpoint-missing'],
      E0000053: ['scim-filter-refused'],
      E0000054: ['scim-page-numbers-wrong'],
      E0000055: ['target-group-name-taken'],
      E0000059: ['scim-credentials-wrong', 'scim-url-wrong', 'scim-server-down'],
    },
  },
  identityEngine: {
    why: 'The org has no endpoints of the Identity Engine sign-in (/idp/idx) and no authenticators.',
    causes: {
      E0000020: ['idx-request-malformed'],
      E0000038: ['authenticator-off-for-role'],
    },
  },
  factors: {
    why: 'The org keeps no factors yet.',
    causes: {
      E0000001: ['phone-already-enrolled'],
      E0000006: ['factor-denied'],
      E0000047: ['passcode-tries-used-up', 'factor-call-just-made'],
      E0000068: ['passcode-wrong', 'code-clock-adrift', 'answer-wrong', 'recovery-code-wrong', 'factor-password-wrong'],
      E0000069: ['code-tries-used-up'],
      E0000109: ['message-just-sent'],
      E0000113: ['phone-call-just-made', 'token-wants-new-pin'],
    },
  },
  authorizationServers: {
    why: 'The condition behind this answer is not known well enough, or needs a part that is not built: attestation of factors, clients bound to one server.',
    causes: {
      unauthorized_client: ['client-bound-to-org-server', 'client-is-public'],
      access_denied: ['scopes-rejected', 'login-failed'],
      unsupported_response_type: ['attestation-wants-id-token'],
      login_required: ['third-party-cookies-blocked', 'sign-in-took-too-long'],
    },
  },
  identityProviders: {
    why: 'Nobody can sign in through another identity provider yet.',
    causes: {
      server_error: ['social-provider-failed'],
      user_canceled_request: ['user-canceled-at-provider'],
    },
  },
  service: {
    why: 'A fault inside Okta has no condition that a caller could set up; it can only be injected, and injected answers prove nothing.',
    causes: {
      E0000009: ['log-query-too-slow', 'service-fault'],
      E0000023: ['deactivation-misjudged'],
      E0000053: ['log-service-fault'],
      server_error: ['service-fault'],
      temporarily_unavailable: ['server-unavailable'],
    },
  },
} as const satisfies Record<string, Room>

/** Every cause that has no proof, with the reason. */
export const ledger: readonly LedgerEntry[] = Object.values<Room>(rooms).flatMap(({ why, causes }) =>
  Object.entries(causes).flatMap(([code, ids]) => ids.map((cause) => ({ code, cause, why }))),
)
