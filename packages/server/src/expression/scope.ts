// What can an expression name?

/** A group that the user belongs to. */
export interface ScopeGroup {
  readonly id: string
  readonly name: string
  readonly type?: string
}

/** Whom and what an expression is about. Paths begin at the members of `values`. */
export interface ExpressionScope {
  readonly values: Readonly<Record<string, unknown>>
  /** The user's groups; only read by expressions with `asksGroups`. */
  readonly groups: readonly ScopeGroup[]
  /** What `user.getLinkedObject` answers, by name; only read by expressions with `asksLinks`. */
  readonly linked?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>
  /** Does the user come from Active Directory? */
  readonly inDirectory?: boolean
  /** What `user.getInternalProperty` answers, by name. */
  readonly internal?: Readonly<Record<string, unknown>>
  /** The org's time in ms, for `Time.now`. */
  readonly now?: number
}
