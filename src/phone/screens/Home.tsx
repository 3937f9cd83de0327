// Which workstations this phone opens, and the one big button.
import type { TFunction } from 'i18next'
import { ScanQrCode, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Language, languageCodes, languages } from '../../ui/messages/languages.ts'
import { hubIsHere } from '../hub.ts'
import { type Binding, forgetBinding, readBindings } from '../keys/store.ts'
import { chooseLanguage, currentLanguage } from '../messages.ts'
import { tellPlace, tellsPlace } from '../place.ts'
import { Frame } from './Frame.tsx'

interface HomeProps {
  /** Just now. */
  bound: Binding | undefined
  onScan: () => void
  onCard: () => void
}

export function Home({ bound, onScan, onCard }: HomeProps) {
  const { t } = useTranslation()
  const [bindings, setBindings] = useState<readonly Binding[] | null>(null)
  const [unsupported, setUnsupported] = useState(false)
  const [place, setPlace] = useState(tellsPlace)
  const read = () =>
    void readBindings()
      .then(setBindings)
      .catch(() => setUnsupported(true))
  useEffect(read, [])
  const [hub, setHub] = useState(false)
  const isUnsent = bindings?.some(sendsNothing) ?? false
  useEffect(() => {
    if (isUnsent) void hubIsHere().then(setHub)
  }, [isUnsent])

  return (
    <Frame
      head={t('name')}
      actions={
        <>
          <button type="button" className="yes" onClick={onScan} disabled={unsupported}>
            <ScanQrCode aria-hidden="true" />
            {t('scan')}
          </button>
          <button type="button" className="quiet" onClick={onCard}>
            {t('home.card')}
          </button>
        </>
      }
    >
      {unsupported && (
        <p className="said" role="alert">
          {t('problem.unsupported')}
        </p>
      )}
      {bound && (
        <div className="done" role="status">
          <h1>{t('bind.done')}</h1>
          <p>{t('bind.doneNext', { name: nameOf(bound, t('home.unnamed')) })}</p>
        </div>
      )}
      {bindings?.length === 0 && (
        <div className="none">
          <h1>{t('home.none')}</h1>
          <p>{t('home.noneNext')}</p>
        </div>
      )}
      {bindings && bindings.length > 0 && (
        <section>
          {bound ? <h2>{t('home.heading')}</h2> : <h1>{t('home.heading')}</h1>}
          <ul className="stations">
            {bindings.map((binding) => (
              <Station
                key={binding.station}
                binding={binding}
                unsent={hub && sendsNothing(binding)}
                onForgotten={read}
              />
            ))}
          </ul>
        </section>
      )}
      <section className="settings">
        <label className="check">
          <input
            type="checkbox"
            checked={place}
            onChange={({ target }) => {
              tellPlace(target.checked)
              setPlace(target.checked)
            }}
          />
          <span>
            {t('home.place')}
            <small>{t('home.placeHint')}</small>
          </span>
        </label>
        <label className="language">
          {t('language')}
          <select value={currentLanguage()} onChange={({ target }) => void chooseLanguage(target.value as Language)}>
            {languageCodes.map((code) => (
              <option key={code} value={code}>
                {languages[code].name}
              </option>
            ))}
          </select>
        </label>
      </section>
    </Frame>
  )
}

interface StationProps {
  binding: Binding
  /** The page comes from a hub, and what this binding answers does not go there. */
  unsent: boolean
  onForgotten: () => void
}

function Station({ binding, unsent, onForgotten }: StationProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const name = nameOf(binding, t('home.unnamed'))
  const date = new Intl.DateTimeFormat(languages[currentLanguage()].locale, { dateStyle: 'medium' })
  return (
    <li>
      <div>
        <b dir="auto">{name}</b>
        <small dir="auto">
          {[placeOf(binding, t), binding.personName && t('home.person', { name: binding.personName })]
            .filter((part) => part !== '')
            .join(', ')}
        </small>
        <small>{t('home.since', { date: date.format(binding.boundAtMs) })}</small>
        {unsent && <small>{t('home.unsent')}</small>}
      </div>
      {asked ? (
        <div className="ends">
          <p>{t('home.forgetEnds', { name })}</p>
          <button type="button" className="stop" onClick={() => void forgetBinding(binding.station).then(onForgotten)}>
            {t('home.forgetGo')}
          </button>
          <button type="button" className="no" onClick={() => setAsked(false)}>
            {t('problem.back')}
          </button>
        </div>
      ) : (
        <button
          type="button"
          className="icon"
          aria-label={`${t('home.forget')}: ${name}`}
          onClick={() => setAsked(true)}
        >
          <Trash2 aria-hidden="true" />
        </button>
      )}
    </li>
  )
}

/** Bound before its workstation had joined a hub, or by letters that no key came with. */
const sendsNothing = ({ organisation, keys }: Binding): boolean => !organisation || !keys.signing

export const nameOf = ({ name }: Binding, unnamed: string): string => (name === '' ? unnamed : name)

/** Where it stands; of a workstation that was never scanned after a typed part only the number is known. */
export const placeOf = ({ name, location, station }: Binding, t: TFunction): string =>
  name === '' ? t('home.number', { number: station.toUpperCase().replace(/.{4}(?=.)/g, '$& ') }) : location
