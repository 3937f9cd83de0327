// What the real screen looks like, for whoever is not sure.
import { ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Frame } from './Frame.tsx'

export function Card({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const points = t('card.points', { returnObjects: true }) as string[]
  return (
    <Frame
      head={t('name')}
      actions={
        <button type="button" className="yes" onClick={onBack}>
          {t('problem.back')}
        </button>
      }
    >
      <h1 className="card-heading">{t('card.heading')}</h1>
      <ul className="points">
        {points.map((point) => (
          <li key={point}>
            <ShieldCheck aria-hidden="true" />
            {point}
          </li>
        ))}
      </ul>
    </Frame>
  )
}
