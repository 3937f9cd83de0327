// "It was not me": which of the sign-ins, what ends, and one button that reports it and locks.
import { useState } from 'react'
import { Button, Label, Radio, RadioGroup } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { dayAndTime } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'

interface NotMeProps {
  signIns: Readonly<SessionScreen['lastSignIns']>
  now: number
}

export function NotMe({ signIns, now }: NotMeProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState(String(signIns[0]?.number ?? ''))
  const [failed, setFailed] = useState(false)

  async function report(): Promise<void> {
    const answer = await ask('reportNotMe', { event: Number(chosen) })
    setFailed(!answer?.ok)
  }

  if (!open)
    return (
      <Button className="button" onPress={() => setOpen(true)}>
        {t('notMe.button')}
      </Button>
    )
  return (
    <div className="panel ends">
      <RadioGroup className="choices" value={chosen} onChange={setChosen}>
        <Label>{t('notMe.which')}</Label>
        {signIns.map((one) => (
          <Radio className="check" key={one.number} value={String(one.number)}>
            <span className="box round" aria-hidden="true" />
            {dayAndTime(one.atMs, now)}, {t(`session.method.${one.method}`)}
          </Radio>
        ))}
      </RadioGroup>
      <p className="next">{t('notMe.ends')}</p>
      {failed && <p className="error">{t('didNotWork')}</p>}
      <div className="actions">
        <Button className="button stop" onPress={() => void report()}>
          {t('notMe.go')}
        </Button>
        <Button className="button" onPress={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
