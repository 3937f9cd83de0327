// What is seen for the moment before the station is ready.
import { useTranslation } from 'react-i18next'
import { Mark } from '../../ui/Mark.tsx'

export function Starting() {
  const { t } = useTranslation()
  return (
    <main className="starting">
      <Mark />
      <h1>{t('product')}</h1>
      <p>{t('starting')}</p>
    </main>
  )
}
