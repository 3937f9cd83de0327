// The text field that a finger went into, where nothing else on the screen offers keys for it.
import { useEffect, useState } from 'react'

/** Not one that has its keypad in its own form, nor one that can't be written. */
function wantsKeys(element: EventTarget | null): element is HTMLInputElement {
  if (!(element instanceof HTMLInputElement) || element.readOnly) return false
  if (element.type !== 'text' && element.type !== 'search' && element.type !== 'password') return false
  return !element.form?.querySelector('.keys')
}

export function useTouchedField(): [HTMLInputElement | null, () => void] {
  const [field, setField] = useState<HTMLInputElement | null>(null)
  useEffect(() => {
    let byTouch = false
    const point = (event: PointerEvent) => {
      byTouch = event.pointerType === 'touch'
      // A field that has the focus already gets no other event of a touch.
      if (byTouch && event.target === document.activeElement && wantsKeys(event.target)) setField(event.target)
    }
    const focus = ({ target }: FocusEvent) => {
      if (target instanceof Element && target.closest('.text-keys')) return
      setField(byTouch && wantsKeys(target) ? target : null)
    }
    document.addEventListener('pointerdown', point, true)
    document.addEventListener('focusin', focus)
    return () => {
      document.removeEventListener('pointerdown', point, true)
      document.removeEventListener('focusin', focus)
    }
  }, [])
  // A field that left the screen takes its keys with it: seen at the next drawing of the screen around it.
  return [field?.isConnected ? field : null, () => setField(null)]
}
