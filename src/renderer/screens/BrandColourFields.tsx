// The colours of a look, each typed as six digits, with what contrast it reaches said beside it.
import { useTranslation } from 'react-i18next'
import type { BrandColour, BrandColours } from '../../contracts/brand.ts'
import { lowContrasts } from '../../core/brand.ts'
import { Field } from '../../ui/Field.tsx'
import { grouped } from '../../ui/time.ts'

const fields: readonly BrandColour[] = ['code', 'frame', 'frameInk', 'accentDark', 'accentLight']

/** With or without `#`; null where it is none. */
export function asColour(text: string): string | null {
  const digits = text.trim().replace(/^#/, '').toLowerCase()
  return /^[0-9a-f]{6}$/.test(digits) ? `#${digits}` : null
}

interface ColourFieldsProps {
  typed: BrandColours
  onChange: (typed: BrandColours) => void
}

export function BrandColourFields({ typed, onChange }: ColourFieldsProps) {
  const { t } = useTranslation()
  // What is not whole yet is taken for black: only its own complaint counts then.
  const colours = Object.fromEntries(fields.map((field) => [field, asColour(typed[field]) ?? '#000000']))
  const low = lowContrasts(colours as BrandColours)

  function complaint(field: BrandColour): string | undefined {
    if (asColour(typed[field]) === null) return t('brand.notColour')
    const found = low.find((each) => each.field === field)
    return found && t(`brand.low.${found.field}`, { ratio: grouped(found.ratio) })
  }
  return (
    <div className="pair colours">
      {fields.map((field) => (
        <div key={field} className="colour">
          <Field
            label={t(`brand.colour.${field}`)}
            value={typed[field]}
            onChange={(text) => onChange({ ...typed, [field]: text })}
            maxLength={7}
            error={complaint(field)}
          />
          <i className="swatch" aria-hidden="true" style={{ background: asColour(typed[field]) ?? 'transparent' }} />
        </div>
      ))}
    </div>
  )
}
