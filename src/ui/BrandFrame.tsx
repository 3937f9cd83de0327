// The organisation around a QR code: its colour, its logo and its name below the code, nothing of it inside.
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BrandView } from './brand.ts'

export function BrandFrame({ brand, children }: { brand: BrandView | null; children: ReactNode }) {
  const { t } = useTranslation()
  if (!brand) return children
  const { name, logo, colours } = brand
  const style = { '--frame': colours.frame, '--frame-ink': colours.frameInk } as CSSProperties
  return (
    <div className="brand-frame" style={style}>
      {children}
      {(name !== '' || logo !== null) && (
        <p>
          {logo !== null && <img src={logo} alt={name === '' ? t('brand.logo') : ''} />}
          {name !== '' && <span>{name}</span>}
        </p>
      )}
    </div>
  )
}
