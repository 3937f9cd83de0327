// The languages, each by its own name and in its own voice; open for as long as it is there.
import { Check } from 'lucide-react'
import type { RefObject } from 'react'
import { type Key, Menu, MenuItem, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, currentLanguage } from './i18n.ts'
import { languageCodes, languages } from './messages/languages.ts'

interface LanguageListProps {
  /** Where it is put: within the bar, so that a screen reader finds it beside its button and in a landmark. */
  home: HTMLElement
  trigger: RefObject<HTMLElement | null>
  onClose: () => void
}

export default function LanguageList({ home, trigger, onClose }: LanguageListProps) {
  const { t } = useTranslation()
  const language = currentLanguage()

  function choose(key: Key): void {
    const chosen = languageCodes.find((code) => code === key)
    if (chosen) void chooseLanguage(chosen)
  }

  return (
    <Popover
      className="language-list"
      UNSTABLE_portalContainer={home}
      triggerRef={trigger}
      isOpen
      onOpenChange={onClose}
      isNonModal
      placement="bottom end"
    >
      <Menu
        aria-label={t('language')}
        autoFocus
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[language]}
        onAction={choose}
        onClose={onClose}
      >
        {languageCodes.map((code) => (
          <MenuItem key={code} id={code} lang={code} textValue={languages[code].name}>
            <Check aria-hidden="true" />
            {languages[code].name}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  )
}
