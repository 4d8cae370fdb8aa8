// What does the System Log hear of a limit? Facts only; the log gives them their shape.

/** An event of the System Log's catalogue that a limit causes. */
export interface RateEvent {
  type:
    | 'system.org.rate_limit.warning'
    | 'system.org.rate_limit.burst'
    | 'system.org.rate_limit.violation'
    | 'system.operation.rate_limit.violation'
    | 'system.client.rate_limit.violation'
    | 'system.client.rate_limit.notification'
    | 'core.concurrency.org.limit.violation'
    | 'system.client.concurrency_rate_limit.violation'
    | 'system.operation.concurrency_limit.violation'
  /** Whose limit it is. */
  scope: 'ORG' | 'USER' | 'SSWS_TOKEN' | 'OAUTH_CLIENT' | 'CLIENT'
  /** The token, client or user; absent for the org. */
  key?: string
  /** Absent for concurrency. */
  bucketId?: string
  /** The number that was reached. */
  threshold: number
  timeSpanSeconds: number
  secondsToReset: number
  /** Of a warning: the percentage that was reached. */
  warningPercent?: number
  /** Of a burst: the limit before it. */
  baseThreshold?: number
}
