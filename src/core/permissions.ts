// Which role may take which action.
import type { PolicyDocument } from '../contracts/policy.ts'
import type { Action, Role } from '../contracts/roles.ts'

export type Grants = PolicyDocument['grants']

export const mayDo = (grants: Grants, roles: readonly Role[], action: Action): boolean =>
  roles.some((role) => grants[action].includes(role))

/** All that these roles allow, in the order of the grants. */
export const allowedActions = (grants: Grants, roles: readonly Role[]): Action[] =>
  (Object.keys(grants) as Action[]).filter((action) => mayDo(grants, roles, action))
