// Which role may take which action, and how fresh a code each wants.
import { Checkbox } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Action, Role } from '../../../contracts/roles.ts'
import { Field } from '../../../ui/Field.tsx'
import type { Draft, Wrong } from '../../state/policyDraft.ts'
import { roleNames } from './RuleForm.tsx'
import { Tick } from './Tick.tsx'

interface GrantsTableProps {
  draft: Draft
  wrong: Wrong
  onChange: (parts: Pick<Draft, 'grants' | 'fresh'>) => void
}

export function GrantsTable({ draft: { grants, fresh }, wrong, onChange }: GrantsTableProps) {
  const { t } = useTranslation()
  const set = (action: Action, role: Role, given: boolean) => {
    const roles = roleNames.filter((each) => (each === role ? given : grants[action].includes(each)))
    onChange({ fresh, grants: { ...grants, [action]: roles } })
  }
  const error = (action: Action) => {
    const found = wrong[`fresh.${action}`]
    return found && t(`policy.wrong.${found.key}`, { least: found.least, most: found.most })
  }
  return (
    <table className="grants">
      <thead>
        <tr>
          <th scope="col">{t('policy.action')}</th>
          {roleNames.map((role) => (
            <th scope="col" key={role}>
              {t(`people.roleName.${role}`)}
            </th>
          ))}
          <th scope="col">
            {t('policy.freshFor')}
            <small>{t('policy.freshHelp')}</small>
          </th>
        </tr>
      </thead>
      <tbody>
        {(Object.keys(grants) as Action[]).map((action) => {
          const name = t(`policy.actionName.${action}`)
          return (
            <tr key={action}>
              <th scope="row">{name}</th>
              {roleNames.map((role) => (
                <td key={role}>
                  <Checkbox
                    className="check"
                    aria-label={`${name}: ${t(`people.roleName.${role}`)}`}
                    isSelected={grants[action].includes(role)}
                    onChange={(given) => set(action, role, given)}
                  >
                    <Tick />
                  </Checkbox>
                </td>
              ))}
              <td>
                <Field
                  className="bare"
                  label={`${name}: ${t('policy.freshFor')}`}
                  value={fresh[action] ?? ''}
                  onChange={(value) => onChange({ grants, fresh: { ...fresh, [action]: value } })}
                  inputMode="numeric"
                  maxLength={5}
                  error={error(action)}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
