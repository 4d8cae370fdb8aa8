// What is a log stream, as the org keeps it? It is configuration only: errorg sends nothing to AWS or Splunk.
import type { Collection } from '../state/state.ts'

/** Where a stream goes. */
export type LogStreamType = 'aws_eventbridge' | 'splunk_cloud_logstreaming'

/** A log stream; `settings` depends on the type. The token of a Splunk stream is kept, and never shown. */
export interface LogStream {
  type: LogStreamType
  name: string
  status: 'ACTIVE' | 'INACTIVE'
  settings: Readonly<Record<string, string>>
  createdAt: number
  lastUpdatedAt: number
}

/** All log streams. */
export const logStreams: Collection<LogStream> = {
  name: 'logStream',
  unique: (stream) => [`name:${stream.name.toLowerCase()}`],
}
