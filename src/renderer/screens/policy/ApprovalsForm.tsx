// What takes a second person's code as well, for policies that want two for it.
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PolicyDocument } from '../../../contracts/policy.ts'
import { Tick } from './Tick.tsx'

type Approvals = PolicyDocument['approvals']
const approvable: Approvals = ['change-people', 'enroll', 'revoke']

export function ApprovalsForm({ chosen, onChange }: { chosen: Approvals; onChange: (next: Approvals) => void }) {
  const { t } = useTranslation()
  return (
    <section className="panel">
      <h3>{t('policy.approvals')}</h3>
      <p>{t('policy.approvalsHelp')}</p>
      <CheckboxGroup
        className="roles"
        value={chosen}
        onChange={(names) => onChange(approvable.filter((each) => names.includes(each)))}
      >
        <Label className="unseen">{t('policy.approvals')}</Label>
        {approvable.map((action) => (
          <Checkbox className="check" key={action} value={action}>
            <Tick />
            {t(`policy.actionName.${action}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
    </section>
  )
}
