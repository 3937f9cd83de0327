// The ways to a person's phone: the first, a new one in place of those from before, or a second beside it.
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../contracts/commands/people.ts'
import { WithReason } from './WithReason.tsx'

interface EnrollPhoneProps {
  person: PersonRow
  mayAdd: boolean
  busy: boolean
  onEnroll: (wish?: { adds?: boolean; reason?: string }) => Promise<void>
}

export function EnrollPhone({ person, mayAdd, busy, onEnroll }: EnrollPhoneProps) {
  const { t } = useTranslation()
  if (!person.enrolled)
    return (
      <div className="actions">
        <Button className="button go" isDisabled={busy} onPress={() => void onEnroll()}>
          {t('people.enroll')}
        </Button>
      </div>
    )
  return (
    <div className="actions">
      {mayAdd && (
        <Button className="button go" isDisabled={busy} onPress={() => void onEnroll({ adds: true })}>
          {t('enrollment.addPhone')}
        </Button>
      )}
      <WithReason
        name={t('administration.enrollAgain')}
        ends={t('enrollment.replaceEnds')}
        onConfirm={(reason) => onEnroll({ reason })}
      />
    </div>
  )
}
