// Into which tabs (sections) does a user sort the apps of the dashboard?
import type { Collection } from '../state/state.ts'

/** A tab that a user has made, or the first one once it was renamed. Moments are in ms since 1970. */
export interface HomeTab {
  userId: string
  label: string
  isDefault: boolean
  createdAt: number
  lastUpdatedAt: number
}

/** All tabs that were made. Until a user changes it, nothing is kept of the first tab. */
export const homeTabs: Collection<HomeTab> = {
  name: 'homeTab',
  unique: (tab) => [`label:${tab.userId}:${tab.label.toLowerCase()}`],
  indexes: { user: (tab) => tab.userId },
}

/** The id of the first tab of a user. */
export const firstTabId = (userId: string): string => `ust${userId.slice(3)}`

/** What the first tab is called until somebody renames it. */
export const FIRST_LABEL = 'My Apps'
