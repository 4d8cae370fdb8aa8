// What does E0000012 mean, and how does it differ from the other codes about media types?
import { defineError } from '../define.ts'

/** An upload came in a form that the endpoint does not read. */
export const E0000012 = defineError({
  code: 'E0000012',
  title: 'Unsupported media type',
  area: 'request',
  retry: 'never',
  reference: { status: 404, description: 'Unsupported media type.' },
  current: { status: 404, summary: 'Unsupported media type' },
  note:
    'Both lists give it the status 404, where HTTP would have 415: do not take it for a missing object. The usual wrong ' +
    'Content-Type is E0000021, a wrong Accept is E0000019.',
  causes: {
    'upload-not-multipart': {
      kind: 'content-type-wrong',
      says: 'A file was sent as JSON or as plain bytes to an endpoint that takes multipart/form-data.',
      fix: [
        'Send the file as a form: Content-Type multipart/form-data with its boundary. Let the HTTP library write that header (curl -F "file=@logo.png").',
        'Everywhere else in /api/v1 send application/json.',
      ],
      operations: ['POST /api/v1/apps/{id}/logo'],
      sources: [
        { mark: 'inferred', where: 'the text of the code; no public example. E0000021 covers the other endpoints' },
      ],
    },
  },
})
