// What a provisioning token may do: each of its scopes is a change with its action, and none reaches an administrator.
import type { Action, Role } from '../contracts/roles.ts'
import type { TokenScope } from '../contracts/tokens.ts'
import type { Grants } from './permissions.ts'

const actions: Readonly<Record<TokenScope, Action>> = {
  'people.add': 'change-people',
  'people.import': 'change-people',
  'people.suspend': 'change-people',
  'people.reinstate': 'change-people',
  'people.leave': 'change-people',
  'offers.create': 'enroll',
  'offers.withdraw': 'enroll',
  'credentials.revoke': 'revoke',
}
export const tokenScopes = Object.keys(actions) as TokenScope[]

/** A change that only an administrator's code allows, by its action; or one that a token may be made for, by its scope. */
export type Change = Action | TokenScope

export const scopeOf = (change: Change): TokenScope | null => tokenScopes.find((scope) => scope === change) ?? null
/** What policy may want a second person for. */
export const actionOf = (change: Change): Action => {
  const scope = scopeOf(change)
  return scope ? actions[scope] : (change as Action)
}

/**
 * Whether a token may give these roles, or touch somebody who has them. Whoever may change the policy could give
 * themselves everything, so they are an administrator's alone, whatever their role is called.
 */
export const isInReach = (grants: Grants, roles: readonly Role[]): boolean =>
  roles.every((role) => role !== 'administrator' && !grants['change-policy'].includes(role))

/** Scopes by their names, or all of an area by its own, such as `people`; parted by commas. null where one is unknown. */
export function readScopes(text: string): TokenScope[] | null {
  const names = text.split(',').map((name) => name.trim())
  const known = names.map((name) => tokenScopes.filter((scope) => scope === name || scope.startsWith(`${name}.`)))
  if (known.some((scopes) => scopes.length === 0)) return null
  return tokenScopes.filter((scope) => known.some((scopes) => scopes.includes(scope)))
}
