// The other way to begin: this workstation becomes the one that a backup was made of.
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Said, type Tone } from '../../ui/Said.tsx'
import { useRestore } from '../state/useRestore.ts'
import { Page } from './Page.tsx'

export function RestoreStation({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  const { chosen, busy, stopping, part, refused, choose, restore, stop } = useRestore()
  const ready = chosen !== null && passphrase !== '' && !busy

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!ready) return
    await restore(passphrase)
    setPassphrase('')
  }

  function said(): { tone: Tone; text: string } {
    if (busy) return { tone: 'busy', text: t(stopping ? 'restore.stopping' : 'restore.busy') }
    if (refused !== null) return { tone: 'look', text: t(`restore.refused.${refused}`) }
    return { tone: 'calm', text: '' }
  }
  const line = said()
  return (
    <Page>
      <form className="sheet" onSubmit={(event) => void submit(event)} noValidate>
        <h1 className="title">{t('restore.heading')}</h1>
        <p>{t('restore.how')}</p>
        <div className="chosen-file">
          <Button className="button" onPress={() => void choose()} isDisabled={busy}>
            {t(chosen === null ? 'restore.choose' : 'restore.chooseOther')}
          </Button>
          <output aria-label={t('restore.file')} dir="auto">
            {chosen === null ? t('restore.noFile') : chosen.name}
          </output>
        </div>
        <Field
          type="password"
          label={t('restore.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          maxLength={200}
        />
        <p>{t('restore.ends')}</p>
        <Said label={t('lock.what')} tone={line.tone} text={line.text} />
        {busy && <Progress label={t('restore.busy')} part={part} />}
        <div className="actions">
          {busy ? (
            <Button className="button" onPress={() => void stop()}>
              {t('cancel')}
            </Button>
          ) : (
            <Button className="button" onPress={onBack}>
              {t('back')}
            </Button>
          )}
          <Button className="button go" type="submit" isDisabled={!ready}>
            {t('restore.go')}
          </Button>
        </div>
      </form>
    </Page>
  )
}
