// One's own PIN, recovery codes and bound phone, changed by whoever is signed in with a fresh code.
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
import { NewPinForm } from './NewPin.tsx'
import { StepUp } from './StepUp.tsx'

export function OwnWays({ screen, enrollment }: { screen: SessionScreen; enrollment: Enrollment }) {
  const { t } = useTranslation()
  const changes = useChanges()
  const [choosing, setChoosing] = useState(false)
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
      {!choosing && <p>{t('scan.ownWhich')}</p>}
      {choosing ? (
        <NewPinForm
          send={change}
          cancel={
            <Button className="button" onPress={() => setChoosing(false)}>
              {t('cancel')}
            </Button>
          }
        />
      ) : (
        <div className="actions">
          {screen.hasPin && (
            <Button className="button" onPress={open}>
              {t('ways.changePin')}
            </Button>
          )}
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
        </div>
      )}
    </div>
  )
}
