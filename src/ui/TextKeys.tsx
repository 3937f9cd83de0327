// On-screen keys for names and reasons, docked below the page: letters as the language expects them, digits, space.
import { ArrowBigUp, Delete, KeyboardOff, Languages, Space } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from './i18n.ts'
import { digitRow, hasOwnScript, latinRows, letterRows } from './key-layouts.ts'
import { eraseText, insertText } from './typing.ts'

interface KeyProps {
  name: string
  wide?: boolean
  isOn?: boolean
  onTouch: () => void
  children?: ReactNode
}

function Key({ name, wide = false, isOn, onTouch, children }: KeyProps) {
  return (
    // The pointer must not take the focus, or the caret in the field would be lost.
    <button
      type="button"
      className={wide ? 'wide' : undefined}
      aria-label={name}
      aria-pressed={isOn}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTouch}
    >
      {children ?? name}
    </button>
  )
}

/** A name begins with a capital; so does each word of it. */
const beginsWord = ({ value, selectionStart }: HTMLInputElement): boolean =>
  /(?:^|\s)$/.test(value.slice(0, selectionStart ?? value.length))

export function TextKeys({ field, onHide }: { field: HTMLInputElement; onHide: () => void }) {
  const { t } = useTranslation()
  const language = currentLanguage()
  const [capital, setCapital] = useState(() => beginsWord(field))
  const [latin, setLatin] = useState(false)
  const rows = latin ? latinRows : letterRows[language]

  useEffect(() => {
    setCapital(beginsWord(field))
    document.body.dataset.keys = 'open'
    field.scrollIntoView({ block: 'center' })
    return () => {
      delete document.body.dataset.keys
    }
  }, [field])

  function type(sign: string): void {
    insertText(field, sign)
    setCapital(beginsWord(field))
  }
  function erase(): void {
    eraseText(field)
    setCapital(beginsWord(field))
  }
  const keysOf = (row: string) =>
    Array.from(row, (sign) => {
      const shown = capital ? sign.toLocaleUpperCase(language) : sign
      return <Key key={sign} name={shown} onTouch={() => type(shown)} />
    })

  return (
    <fieldset className="text-keys" aria-label={t('keys.name')}>
      <div className="key-row">{keysOf(digitRow)}</div>
      {rows.map((row) => (
        <div className="key-row" key={row}>
          {keysOf(row)}
        </div>
      ))}
      <div className="key-row">
        <Key name={t('keys.capital')} isOn={capital} onTouch={() => setCapital(!capital)}>
          <ArrowBigUp aria-hidden="true" />
        </Key>
        {hasOwnScript(language) && (
          <Key name={t('keys.latin')} isOn={latin} onTouch={() => setLatin(!latin)}>
            <Languages aria-hidden="true" />
          </Key>
        )}
        <Key name="-" onTouch={() => type('-')} />
        <Key name={t('keys.space')} wide onTouch={() => type(' ')}>
          <Space aria-hidden="true" />
        </Key>
        <Key name="." onTouch={() => type('.')} />
        <Key name="," onTouch={() => type(',')} />
        <Key name={t('lock.delete')} onTouch={erase}>
          <Delete aria-hidden="true" />
        </Key>
        <Key name={t('keys.hide')} onTouch={onHide}>
          <KeyboardOff aria-hidden="true" />
        </Key>
      </div>
    </fieldset>
  )
}
