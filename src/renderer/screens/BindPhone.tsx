// The ways to a phone of a person's that scans: the first, or a new one in place of those from before.
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../contracts/commands/people.ts'
import { WithReason } from './WithReason.tsx'

interface BindPhoneProps {
  person: PersonRow
  busy: boolean
  onBind: (wish?: { reason?: string }) => Promise<void>
}

export function BindPhone({ person, busy, onBind }: BindPhoneProps) {
  const { t } = useTranslation()
  return (
    <div className="actions">
      {person.bound ? (
        <WithReason name={t('scan.bindAgain')} ends={t('scan.bindEnds')} onConfirm={(reason) => onBind({ reason })} />
      ) : (
        <Button className="button" isDisabled={busy} onPress={() => void onBind()}>
          {t('scan.bind')}
        </Button>
      )}
    </div>
  )
}
