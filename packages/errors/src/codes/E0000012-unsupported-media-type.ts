// What does E0000012 mean, and how does it differ from the other codes about media types?
import { defineError } from '../define.ts'
import { call } from '../proofs/step.ts'

const bookmark = {
  label: 'Handbook',
  name: 'bookmark',
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://handbook.example.com' } },
}

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"/>'
const form = [
  '--edge',
  'Content-Disposition: form-data; name="file"; filename="logo.svg"',
  'Content-Type: image/svg+xml',
  '',
  picture,
  '--edge--',
  '',
].join('\r\n')

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
      operations: [
        'POST /api/v1/apps/{id}/logo',
        'POST /api/v1/org/logo',
        'POST /api/v1/brands/{brandId}/themes/{themeId}/logo',
      ],
      sources: [
        { mark: 'inferred', where: 'the text of the code; no public example. E0000021 covers the other endpoints' },
      ],
      proof: {
        given: [call('POST /api/v1/apps', { body: bookmark, keep: { app: '/id' } })],
        call: call('POST /api/v1/apps/{app}/logo', { body: { file: picture } }),
        mend: call('POST /api/v1/apps/{app}/logo', {
          body: form,
          headers: { 'content-type': 'multipart/form-data; boundary=edge' },
        }),
      },
    },
  },
})
