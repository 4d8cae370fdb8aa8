// Why can a group not be made in the target system?
import { defineError } from '../define.ts'

/** The target system has a group of this name already. */
export const E0000055 = defineError({
  code: 'E0000055',
  title: 'Group exists in the target system',
  area: 'provisioning',
  retry: 'never',
  reference: { status: 409, description: 'Duplicate group.' },
  current: { status: 409, summary: 'Duplicate group.' },
  note: 'The clash is in the provisioned app. A group name taken in Okta itself is expected as E0000001 with a cause about `name`. No answer with this code is public; its title is "OPP duplicate group".',
  causes: {
    'target-group-name-taken': {
      kind: 'duplicate-object',
      says: 'Okta pushed a group and the SCIM server answered 409, because a group with this name is there already.',
      fix: [
        'Look for it at the target: `GET {base}/Groups?filter=displayName eq "{name}"`.',
        'If it is the group you mean, link it: in the app under Push Groups, choose the existing group instead of creating one.',
        'If not, rename one of the two groups and push again.',
        'A former push leaves its group behind when it was unlinked without deleting. Linking takes it up again.',
      ],
      operations: ['POST /api/v1/apps/{id}/group-push/mappings'],
      sources: [{ mark: 'inferred', where: 'the title of the code, "OPP duplicate group"' }],
    },
  },
})
