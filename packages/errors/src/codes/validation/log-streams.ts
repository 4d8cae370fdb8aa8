// Which rules about log streams can a request break? Causes of E0000001.
import type { Cause } from '../../define.ts'
import { call } from '../../proofs/step.ts'

const settings = { accountId: '123456789012', eventSourceName: 'okta-events', region: 'us-east-2' }

const stream = (name: string, more: object = {}) => ({
  type: 'aws_eventbridge',
  name,
  settings: { ...settings, ...more },
})

/** Causes of E0000001 in this part of the API. */
export const logStreamsCauses = {
  'log-stream-name-taken': {
    kind: 'duplicate-object',
    says: 'Another log stream of the org has this name already.',
    tellApart: 'The cause is about name and the request went to /api/v1/logStreams.',
    fix: [
      'List the streams: GET /api/v1/logStreams, and update the one with this name.',
      'Otherwise choose another name, or delete the old stream first.',
    ],
    operations: ['POST /api/v1/logStreams', 'PUT /api/v1/logStreams/{id}'],
    wire: {
      summary: 'Api validation failed: name',
      causes: ['name: An object with this field already exists in the current organization'],
    },
    sources: [
      {
        mark: 'documented',
        where: 'Log Streaming reference: "Unique name for the log stream object" (the text on the wire is inferred)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/logStreams', { body: stream('To AWS'), keep: { stream: '/id' } })],
      call: call('POST /api/v1/logStreams', { body: stream('To AWS') }),
      cure: [call('DELETE /api/v1/logStreams/{stream}')],
    },
  },
  'log-stream-setting-fixed': {
    kind: 'validation-invalid-value',
    says: 'The replacement changes the type of a log stream, or a setting that can be written only once.',
    tellApart: 'Only on PUT of a log stream; the cause names the setting.',
    fix: [
      'Read the stream and send these settings back as they are: GET /api/v1/logStreams/{id}.',
      'GET /api/v1/meta/schemas/logStream/{type} marks them with writeOnce.',
      'To change one, delete the stream and make a new one.',
    ],
    operations: ['PUT /api/v1/logStreams/{id}'],
    wire: {
      summary: 'Api validation failed: {field}',
      causes: ['{field}: The value of this field cannot be changed after creation'],
    },
    sources: [
      {
        mark: 'documented',
        where:
          'Log Streaming reference, Replace a log stream: writeOnce properties cannot be updated (the text is inferred)',
      },
    ],
    proof: {
      given: [call('POST /api/v1/logStreams', { body: stream('To AWS'), keep: { stream: '/id' } })],
      call: call('PUT /api/v1/logStreams/{stream}', { body: stream('To AWS', { region: 'eu-central-1' }) }),
      mend: call('PUT /api/v1/logStreams/{stream}', { body: stream('To AWS in Ohio') }),
    },
  },
} satisfies Record<string, Cause>
