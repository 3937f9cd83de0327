// Whether a policy leaves anybody in who could put it right again.
import type { PolicyDocument, PolicySettings } from '../contracts/policy.ts'
import type { PolicyFacts } from '../contracts/policy-findings.ts'
import { evaluatePolicy } from './policy.ts'
import { momentsOf } from './policy-hours.ts'

type Keepers = Pick<PolicyFacts, 'group' | 'keepers'>

/**
 * At which hours nobody is left who gets in and may change the policy.
 * @param byCode no phone answers at the station at all, as after a restore: an administrator's code does in its place.
 */
export function lockedOut(
  policy: PolicyDocument,
  { group, keepers }: Keepers,
  byCode = false,
): 'never' | 'at-times' | 'always' {
  const getsIn = (keeper: PolicyFacts['keepers'][number], settings: PolicySettings): boolean => {
    const { provesCode, provesPin } = keeper
    // Whether a phone will say where it is nobody knows but its owner: no way in may rest on that alone.
    const tells = settings.phoneLocation === 'optional'
    const answers = tells && (settings.phoneAnswers === 'any' ? keeper.provesPhone : keeper.provesSigned)
    const provesVerified = tells && keeper.provesVerified
    switch (settings.factors) {
      case 'code':
        return provesCode || answers
      case 'code-and-pin':
        return ((provesCode || answers) && provesPin) || provesVerified
      case 'phone':
        return answers || (byCode && provesCode)
      case 'verified-phone':
        return provesVerified || (byCode && provesCode)
    }
  }
  // Only the rules about it count, so few moments have to be looked at.
  const decisive = ['factors', 'phoneAnswers', 'phoneLocation'] as const
  const rules = policy.rules.filter(({ set }) => decisive.some((setting) => set[setting] !== undefined))
  const hours = rules.flatMap(({ when }) => when.hours ?? [])
  const open = momentsOf(hours).map((moment) =>
    keepers.some((keeper) => {
      const { settings } = evaluatePolicy({ ...policy, rules }, { ...moment, group, roles: keeper.roles })
      return getsIn(keeper, settings)
    }),
  )
  if (open.every((each) => each)) return 'never'
  return open.some((each) => each) ? 'at-times' : 'always'
}
