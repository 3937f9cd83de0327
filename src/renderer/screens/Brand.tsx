// The organisation's look in Administration: name, logo and colours, each held to what can be read as it is typed.
import { type FormEvent, useContext, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { BrandColours } from '../../contracts/brand.ts'
import { codeColour, lowContrasts, plainColours } from '../../core/brand.ts'
import { BrandFrame } from '../../ui/BrandFrame.tsx'
import { Brand as BrandContext, logoAddress } from '../../ui/brand.ts'
import { Field } from '../../ui/Field.tsx'
import { QrImage } from '../../ui/QrImage.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { exampleCode } from '../state/exampleCode.ts'
import { logoFrom } from '../state/logo.ts'
import { useChanges } from '../state/useChanges.ts'
import { asColour, BrandColourFields } from './BrandColourFields.tsx'
import { StepUp } from './StepUp.tsx'

export function Brand() {
  const { t } = useTranslation()
  const inUse = useContext(BrandContext)
  const changes = useChanges()
  const [name, setName] = useState(inUse?.name ?? '')
  const [typed, setTyped] = useState<BrandColours>(inUse?.colours ?? plainColours)
  /** 'same': the one in use. */
  const [logo, setLogo] = useState<'same' | { png: string } | null>(inUse?.logo ? 'same' : null)
  const [unread, setUnread] = useState(false)
  const [saved, setSaved] = useState(false)

  const entries = Object.entries(typed).map(([field, text]) => [field, asColour(text)] as const)
  const colours = entries.every(([, colour]) => colour !== null) ? (Object.fromEntries(entries) as BrandColours) : null
  const canSave = colours !== null && lowContrasts(colours).length === 0
  const shown = logo === 'same' ? (inUse?.logo ?? null) : logo && logoAddress(logo.png)

  async function choose(file: File | undefined): Promise<void> {
    if (!file) return
    const png = await logoFrom(file)
    setUnread(png === null)
    if (png !== null) setLogo({ png })
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    setSaved(false)
    if (!canSave) return
    const wanted = { look: { name: name.trim(), colours }, logo }
    void changes.change(
      () => ask('changeBrand', wanted),
      () => setSaved(true),
    )
  }
  const remove = () =>
    changes.change(
      () => ask('removeBrand', {}),
      () => {
        window.location.hash = '#workstation'
      },
    )

  return (
    <div className="people">
      <a className="back" href="#workstation">
        {t('workstation.heading')}
      </a>
      <h2 className="title">{t('brand.heading')}</h2>
      <p>{t('brand.how')}</p>
      {changes.waiting && <StepUp changes={changes} />}
      <div className="brand-form">
        <form className="panel" onSubmit={submit} noValidate>
          <Field label={t('brand.name')} help={t('brand.nameHelp')} value={name} onChange={setName} maxLength={40} />
          <label className="field file">
            {t('brand.logo')}
            <input
              type="file"
              accept="image/png,image/jpeg,image/webp"
              onClick={(event) => {
                event.currentTarget.value = ''
              }}
              onChange={(event) => void choose(event.currentTarget.files?.[0])}
            />
            <small>{t('brand.logoHelp')}</small>
          </label>
          {unread && <Said label={t('brand.logo')} tone="look" text={t('brand.logoUnread')} />}
          {logo !== null && (
            <div className="actions">
              <Button className="button" onPress={() => setLogo(null)}>
                {t('brand.logoRemove')}
              </Button>
            </div>
          )}
          <BrandColourFields typed={typed} onChange={setTyped} />
          <Said
            label={t('lock.what')}
            tone={saved ? 'in' : 'look'}
            text={changes.said || (saved ? t('administration.saved') : '')}
          />
          <div className="actions">
            <Button className="button go" type="submit" isDisabled={!canSave}>
              {t('administration.save')}
            </Button>
            {inUse && (
              <Button className="button" onPress={() => void remove()}>
                {t('brand.remove')}
              </Button>
            )}
          </div>
        </form>
        <figure>
          <figcaption>{t('brand.preview')}</figcaption>
          <BrandFrame brand={{ name, logo: shown, colours: colours ?? plainColours }}>
            <QrImage qr={exampleCode} label={t('brand.example')} dark={codeColour((colours ?? plainColours).code)} />
          </BrandFrame>
        </figure>
      </div>
    </div>
  )
}
