// The choice of language beside the clock; its list is open beside the screen, never in its way.
import { ChevronDown, Languages } from 'lucide-react'
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from './i18n.ts'
import { languages } from './messages/languages.ts'

// The window opens without it: few people ever ask for the list.
const LanguageList = lazy(() => import('./LanguageList.tsx'))

export function LanguageMenu() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [home, setHome] = useState<HTMLElement | null>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const value = useId()

  // What lies behind an open list stays alive, so a touch there has to close it from here.
  useEffect(() => {
    if (!open || !home) return
    const listen = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && home.contains(target))) setOpen(false)
    }
    document.addEventListener('pointerdown', listen, true)
    return () => document.removeEventListener('pointerdown', listen, true)
  }, [open, home])

  return (
    <div ref={setHome}>
      <Button
        ref={trigger}
        className="button language"
        aria-label={t('language')}
        aria-describedby={value}
        aria-haspopup="menu"
        aria-expanded={open}
        // Who comes by mouse or finger keeps the field they type in; it has the focus again once the list is gone.
        preventFocusOnPress
        onPress={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setOpen(true)
          else event.continuePropagation()
        }}
      >
        <Languages aria-hidden="true" />
        <span id={value}>{languages[currentLanguage()].name}</span>
        <ChevronDown aria-hidden="true" />
      </Button>
      {open && home && (
        <Suspense fallback={null}>
          <LanguageList home={home} trigger={trigger} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
