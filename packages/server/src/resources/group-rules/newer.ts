// Which code do group rules answer today that the reference does not have?
import { failWithNewer } from '../../fail-newer.ts'

/** Refuses while the order of the rules is being worked out. */
export function failBusy(): never {
  return failWithNewer('E0000239', 'priorities-being-reconciled', 'groups', {
    kind: 'object-state-forbids-operation',
    says: 'Another group rule was made at the same moment, and the order of the rules is still being worked out.',
    fix: ['Wait a second and send the request again.', 'Make group rules one after the other.'],
    sources: [
      {
        mark: 'recorded',
        where:
          'okta/terraform-provider-okta test/fixtures/vcr, TestAccResourceOktaGroupRule_423ResponseCapture (several rules made at the same moment)',
      },
    ],
  })
}
