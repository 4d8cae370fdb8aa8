// Is the service in read-only mode?
import { E0000010 } from '@errorg/errors/codes'
import { fail } from '../fail.ts'
import type { Gate } from './gate.ts'

/** In read-only mode reads, sign-in and token issue go on; other writes are refused. */
export const readOnlyGate: Gate = {
  name: 'read-only',
  stage: 'handler',
  pass(org, x) {
    if (org.settings.readOnly && x.method !== 'GET' && !x.route.whileReadOnly) fail(E0000010, 'org-read-only')
  },
}
