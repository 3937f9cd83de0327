// The inline form that adds a person; the offer for their phone follows at once.
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../contracts/commands/people.ts'
import { Field } from '../../ui/Field.tsx'
import { ask } from '../state/bridge.ts'
import { type Complaint, checkStaffId, checkText } from '../state/check.ts'
import type { Changes } from '../state/useChanges.ts'

type Role = PersonRow['roles'][number]
const roles: readonly Role[] = ['staff', 'supervisor', 'administrator', 'auditor']

interface AddPersonProps {
  changes: Changes
  onCancel: () => void
  onAdded: (personId: string) => Promise<void>
}

export function AddPerson({ changes, onCancel, onAdded }: AddPersonProps) {
  const { t } = useTranslation()
  const [displayName, setDisplayName] = useState('')
  const [staffId, setStaffId] = useState('')
  const [role, setRole] = useState<Role>('staff')
  const [wrong, setWrong] = useState<{ name?: Complaint | undefined; staffId?: Complaint | undefined }>({})
  const first = useRef<HTMLInputElement>(null)
  const roleId = useId()
  useEffect(() => first.current?.focus(), [])

  function submit(event: FormEvent): void {
    event.preventDefault()
    const complaints = { name: checkText(displayName, 'personName'), staffId: checkStaffId(staffId) }
    setWrong(complaints)
    if (complaints.name || complaints.staffId) return
    void changes.change(
      () => ask('addPerson', { displayName, staffId, roles: [role] }),
      ({ personId }) => void onAdded(personId),
    )
  }

  const words = (complaint?: Complaint) => complaint && t(complaint.key, { count: complaint.count })
  return (
    <form className="panel add" onSubmit={submit} noValidate>
      <div className="trio">
        <Field
          label={t('people.name')}
          value={displayName}
          onChange={setDisplayName}
          error={words(wrong.name)}
          inputRef={first}
        />
        <Field label={t('people.staffId')} value={staffId} onChange={setStaffId} error={words(wrong.staffId)} />
        <div className="field">
          <label htmlFor={roleId}>{t('people.role')}</label>
          <select
            id={roleId}
            value={role}
            onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? 'staff')}
          >
            {roles.map((one) => (
              <option key={one} value={one}>
                {t(`people.roleName.${one}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      {changes.said !== '' && (
        <p className="error" role="alert">
          {changes.said}
        </p>
      )}
      <div className="actions">
        <Button className="button go" type="submit">
          {t('people.addNow')}
        </Button>
        <Button className="button" onPress={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
