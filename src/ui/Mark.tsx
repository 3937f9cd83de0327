// The Wardkey mark, and the bar that carries it with the clock and the choices of language and theme.
import { LockKeyhole, SunMoon } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { useBrandView } from './brand.ts'
import { LanguageMenu } from './LanguageMenu.tsx'
import { nextTheme } from './theme.ts'
import { clockTime, useNow } from './time.ts'

export function Mark() {
  return (
    <span className="mark" aria-hidden="true">
      <LockKeyhole />
    </span>
  )
}

export function ThemeButton() {
  const { t } = useTranslation()
  return (
    <Button className="button icon" aria-label={t('appearance')} onPress={nextTheme}>
      <SunMoon aria-hidden="true" />
    </Button>
  )
}

export function TopBar() {
  const { t } = useTranslation()
  const now = useNow()
  const brand = useBrandView()
  return (
    <header className="top">
      <span className="org">
        <Mark />
        {brand?.name || t('product')}
      </span>
      <time className="clock">{clockTime(now)}</time>
      <LanguageMenu />
      <ThemeButton />
    </header>
  )
}
