// Name, staff ID and roles of a person, to be changed.
import { Check } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button, Checkbox, CheckboxGroup, Label } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../contracts/commands/people.ts'
import { Field } from '../../ui/Field.tsx'
import { ask } from '../state/bridge.ts'
import { type Complaint, checkStaffId, checkText } from '../state/check.ts'
import type { Changes } from '../state/useChanges.ts'

type Role = PersonRow['roles'][number]
const roleNames: readonly Role[] = ['staff', 'supervisor', 'administrator', 'auditor']

interface EditPersonProps {
  person: PersonRow
  changes: Changes
  onSaved: () => void
}

export function EditPerson({ person, changes, onSaved }: EditPersonProps) {
  const { t } = useTranslation()
  const [displayName, setDisplayName] = useState(person.displayName)
  const [staffId, setStaffId] = useState(person.staffId)
  const [roles, setRoles] = useState<readonly Role[]>(person.roles)
  const [wrong, setWrong] = useState<{ name?: Complaint | undefined; staffId?: Complaint | undefined }>({})
  const [saved, setSaved] = useState(false)
  const words = (complaint?: Complaint) => complaint && t(complaint.key, { count: complaint.count })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const complaints = { name: checkText(displayName, 'personName'), staffId: checkStaffId(staffId) }
    setWrong(complaints)
    setSaved(false)
    if (complaints.name || complaints.staffId || roles.length === 0) return
    const edit = { personId: person.id, displayName, staffId, roles: [...roles] }
    void changes.change(
      () => ask('editPerson', edit),
      () => {
        setSaved(true)
        onSaved()
      },
    )
  }

  return (
    <form className="panel" onSubmit={submit} noValidate>
      <div className="pair">
        <Field label={t('people.name')} value={displayName} onChange={setDisplayName} error={words(wrong.name)} />
        <Field label={t('people.staffId')} value={staffId} onChange={setStaffId} error={words(wrong.staffId)} />
      </div>
      <CheckboxGroup
        className="roles"
        value={[...roles]}
        onChange={(chosen) => setRoles(roleNames.filter((role) => chosen.includes(role)))}
      >
        <Label>{t('people.roles')}</Label>
        {roleNames.map((role) => (
          <Checkbox className="check" key={role} value={role}>
            <span className="box" aria-hidden="true">
              <Check />
            </span>
            {t(`people.roleName.${role}`)}
          </Checkbox>
        ))}
      </CheckboxGroup>
      {roles.length === 0 && (
        <p className="error" role="alert">
          {t('administration.rolesMissing')}
        </p>
      )}
      <div className="actions">
        <Button className="button go" type="submit">
          {t('administration.save')}
        </Button>
        {saved && <output className="left">{t('administration.saved')}</output>}
      </div>
    </form>
  )
}
