// Which error codes does the catalogue know? All of the reference, one file each, and the lookup by what people type.
import type { ErrorEntry } from '../define.ts'
import { E0000001 } from './E0000001-api-validation-failed.ts'
import { E0000002 } from './E0000002-request-not-valid.ts'
import { E0000003 } from './E0000003-request-body-not-readable.ts'
import { E0000004 } from './E0000004-authentication-failed.ts'
import { E0000005 } from './E0000005-invalid-session.ts'
import { E0000006 } from './E0000006-no-permission.ts'
import { E0000007 } from './E0000007-resource-not-found.ts'
import { E0000008 } from './E0000008-path-not-found.ts'
import { E0000009 } from './E0000009-internal-server-error.ts'
import { E0000010 } from './E0000010-service-read-only.ts'
import { E0000011 } from './E0000011-invalid-token.ts'
import { E0000012 } from './E0000012-unsupported-media-type.ts'
import { E0000013 } from './E0000013-invalid-client-app.ts'
import { E0000014 } from './E0000014-credentials-update-failed.ts'
import { E0000015 } from './E0000015-feature-not-enabled.ts'
import { E0000016 } from './E0000016-user-already-active.ts'
import { E0000017 } from './E0000017-password-reset-failed.ts'
import { E0000018 } from './E0000018-headers-not-set.ts'
import { E0000019 } from './E0000019-accept-not-supported.ts'
import { E0000020 } from './E0000020-bad-request.ts'
import { E0000021 } from './E0000021-content-type-not-supported.ts'
import { E0000022 } from './E0000022-method-not-supported.ts'
import { E0000023 } from './E0000023-profile-mastered-elsewhere.ts'
import { E0000024 } from './E0000024-app-metadata-operation-not-supported.ts'
import { E0000025 } from './E0000025-app-version-not-assigned.ts'
import { E0000026 } from './E0000026-endpoint-deprecated.ts'
import { E0000027 } from './E0000027-group-push-refused.ts'
import { E0000028 } from './E0000028-parameter-missing.ts'
import { E0000029 } from './E0000029-paging-cursor-invalid.ts'
import { E0000030 } from './E0000030-date-invalid.ts'
import { E0000031 } from './E0000031-search-criteria-invalid.ts'
import { E0000032 } from './E0000032-unlock-not-allowed.ts'
import { E0000033 } from './E0000033-query-and-filter-together.ts'
import { E0000034 } from './E0000034-forgot-password-not-allowed.ts'
import { E0000035 } from './E0000035-change-password-not-allowed.ts'
import { E0000036 } from './E0000036-change-recovery-question-not-allowed.ts'
import { E0000037 } from './E0000037-type-mismatch.ts'
import { E0000038 } from './E0000038-operation-not-allowed-in-status.ts'
import { E0000039 } from './E0000039-app-settings-not-changeable.ts'
import { E0000040 } from './E0000040-app-label-taken.ts'
import { E0000041 } from './E0000041-user-credentials-not-wanted.ts'
import { E0000042 } from './E0000042-error-page-url-refused.ts'
import { E0000043 } from './E0000043-self-service-off.ts'
import { E0000044 } from './E0000044-self-service-not-possible.ts'
import { E0000045 } from './E0000045-field-mapping-refused.ts'
import { E0000046 } from './E0000046-app-user-held-by-group.ts'
import { E0000047 } from './E0000047-rate-limit-exceeded.ts'
import { E0000048 } from './E0000048-entity-gone-at-target.ts'
import { E0000049 } from './E0000049-scim-answer-unusable.ts'
import { E0000050 } from './E0000050-scim-data-refused.ts'
import { E0000051 } from './E0000051-scim-server-silent.ts'
import { E0000052 } from './E0000052-endpoint-not-implemented.ts'
import { E0000053 } from './E0000053-filter-refused.ts'
import { E0000054 } from './E0000054-scim-paging-wrong.ts'
import { E0000055 } from './E0000055-group-exists-at-target.ts'
import { E0000056 } from './E0000056-app-still-active.ts'
import { E0000057 } from './E0000057-app-access-denied-by-policy.ts'
import { E0000058 } from './E0000058-app-needs-mfa.ts'
import { E0000059 } from './E0000059-connector-test-failed.ts'
import { E0000060 } from './E0000060-operation-not-supported.ts'
import { E0000061 } from './E0000061-dashboard-tab.ts'
import { E0000063 } from './E0000063-parameters-exclude-each-other.ts'
import { E0000064 } from './E0000064-password-expired.ts'
import { E0000068 } from './E0000068-passcode-wrong.ts'
import { E0000069 } from './E0000069-user-locked.ts'
import { E0000081 } from './E0000081-reserved-attribute.ts'
import { E0000109 } from './E0000109-sms-just-sent.ts'
import { E0000112 } from './E0000112-user-still-activating.ts'
import { E0000113 } from './E0000113-phone-call-or-new-pin.ts'

export { findNewerCode, type NewerCode, newerCodes } from './newer.ts'
export {
  E0000001,
  E0000002,
  E0000003,
  E0000004,
  E0000005,
  E0000006,
  E0000007,
  E0000008,
  E0000009,
  E0000010,
  E0000011,
  E0000012,
  E0000013,
  E0000014,
  E0000015,
  E0000016,
  E0000017,
  E0000018,
  E0000019,
  E0000020,
  E0000021,
  E0000022,
  E0000023,
  E0000024,
  E0000025,
  E0000026,
  E0000027,
  E0000028,
  E0000029,
  E0000030,
  E0000031,
  E0000032,
  E0000033,
  E0000034,
  E0000035,
  E0000036,
  E0000037,
  E0000038,
  E0000039,
  E0000040,
  E0000041,
  E0000042,
  E0000043,
  E0000044,
  E0000045,
  E0000046,
  E0000047,
  E0000048,
  E0000049,
  E0000050,
  E0000051,
  E0000052,
  E0000053,
  E0000054,
  E0000055,
  E0000056,
  E0000057,
  E0000058,
  E0000059,
  E0000060,
  E0000061,
  E0000063,
  E0000064,
  E0000068,
  E0000069,
  E0000081,
  E0000109,
  E0000112,
  E0000113,
}

/** Every entry by its code, in the order of the reference. Typed open: an unknown code is `undefined`, not a fault. */
export const codes: Readonly<Record<string, ErrorEntry>> = {
  E0000001,
  E0000002,
  E0000003,
  E0000004,
  E0000005,
  E0000006,
  E0000007,
  E0000008,
  E0000009,
  E0000010,
  E0000011,
  E0000012,
  E0000013,
  E0000014,
  E0000015,
  E0000016,
  E0000017,
  E0000018,
  E0000019,
  E0000020,
  E0000021,
  E0000022,
  E0000023,
  E0000024,
  E0000025,
  E0000026,
  E0000027,
  E0000028,
  E0000029,
  E0000030,
  E0000031,
  E0000032,
  E0000033,
  E0000034,
  E0000035,
  E0000036,
  E0000037,
  E0000038,
  E0000039,
  E0000040,
  E0000041,
  E0000042,
  E0000043,
  E0000044,
  E0000045,
  E0000046,
  E0000047,
  E0000048,
  E0000049,
  E0000050,
  E0000051,
  E0000052,
  E0000053,
  E0000054,
  E0000055,
  E0000056,
  E0000057,
  E0000058,
  E0000059,
  E0000060,
  E0000061,
  E0000063,
  E0000064,
  E0000068,
  E0000069,
  E0000081,
  E0000109,
  E0000112,
  E0000113,
}

/** Finds an entry by what people type: `E0000047`, `e0000047`, `47`. Unknown codes and other text give `undefined`. */
export function findCode(text: string): ErrorEntry | undefined {
  const digits = /^\s*E?(\d{1,7})\s*$/i.exec(text)?.[1]
  return digits === undefined ? undefined : codes[`E${digits.padStart(7, '0')}`]
}
