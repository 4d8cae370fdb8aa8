// Which words of a seed mean the same in all of its parts?
import { z } from 'zod'
import { type RoleType, roleLabels } from '../gates/permissions.ts'

/** An id with this prefix, as the org would give it. */
export const id = (prefix: string) =>
  z.string().regex(new RegExp(`^${prefix}[0-9A-Za-z]{17}$`), `must be ${prefix} and 17 letters or digits`)

/** An administrator role. */
export const role = z.enum(Object.keys(roleLabels) as [RoleType, ...RoleType[]])
