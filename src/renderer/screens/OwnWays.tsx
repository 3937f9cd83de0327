// One's own ways in, one card: the phone moved to another or bound to scan, and PIN and recovery codes changed with a fresh code.
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import type { TwicePin } from '../state/useNewPin.ts'
import { MovePhone } from './MovePhone.tsx'
import { NewPinForm } from './NewPin.tsx'
import { StepUp } from './StepUp.tsx'

export function OwnWays({ screen, enrollment }: { screen: SessionScreen; enrollment: Enrollment }) {
  const { t } = useTranslation()
  const changes = useChanges()
  const mayChange = screen.person.may.includes('change-own')
  const [choosing, setChoosing] = useState(false)
  const [moving, setMoving] = useState(false)
  const [changed, setChanged] = useState(false)

  function open(): void {
    setChanged(false)
    setChoosing(true)
  }
  async function change(twice: TwicePin) {
    const answer = await ask('changeOwnPin', twice)
    const done = () => {
      setChoosing(false)
      setChanged(true)
    }
    if (answer?.ok) done()
    // Typed once more only where the fresh code was given in vain.
    if (answer?.ok === false && answer.reason === 'step-up-needed')
      void changes.change(() => ask('changeOwnPin', twice), done)
    return answer
  }

  return (
    <div className="panel">
      <h3>
        <KeyRound aria-hidden="true" />
        {t('ways.own')}
      </h3>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('ways.own')} tone={changed ? 'in' : 'look'} text={changed ? t('ways.pinChanged') : changes.said} />
      {moving && <MovePhone enrollment={enrollment} onCancel={() => setMoving(false)} />}
      {choosing && (
        <NewPinForm
          send={change}
          cancel={
            <Button className="button" onPress={() => setChoosing(false)}>
              {t('cancel')}
            </Button>
          }
        />
      )}
      {!choosing && !moving && (
        <div className="actions">
          <Button className="button" onPress={() => setMoving(true)}>
            {t('enrollment.move.name')}
          </Button>
          {mayChange && screen.hasPin && (
            <Button className="button" onPress={open}>
              {t('ways.changePin')}
            </Button>
          )}
          {mayChange && (
            <Button
              className="button"
              onPress={() =>
                void changes.change(
                  () => enrollment.makeOwnCodes(),
                  () => {},
                )
              }
            >
              {t('ways.newCodes')}
            </Button>
          )}
          {mayChange && screen.scans && (
            <Button
              className="button"
              onPress={() =>
                void changes.change(
                  () => enrollment.makeOffer('bindOwnPhone', {}),
                  () => {},
                )
              }
            >
              {t('scan.bindOwn')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
