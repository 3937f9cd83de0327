// Which role may take which action.
import type { PolicyDocument } from '../contracts/policy.ts'
import type { Action, Role } from '../contracts/roles.ts'

export type Grants = PolicyDocument['grants']

export const mayDo = (grants: Grants, roles: readonly Role[], action: Action): boolean =>
  roles.some((role) => grants[action].includes(role))

/** All that these roles allow, in the order of the grants. */
export const allowedActions = (grants: Grants, roles: readonly Role[]): Action[] =>
  (Object.keys(grants) as Action[]).filter((action) => mayDo(grants, roles, action))

/**
 * Whoever enrolls a phone could keep it, and whoever edits roles could give them: so both, for people who are more than
 * staff, are an administrator's, whatever the grants say.
 */
export const mayActOn = (own: readonly Role[], theirs: readonly Role[]): boolean =>
  own.includes('administrator') || theirs.every((role) => role === 'staff')
