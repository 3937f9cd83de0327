// The field that the keys on the screen write to: the one that had the focus last.
import { type FocusEvent, type RefObject, useRef } from 'react'

/** React hears of a change made from here through the native event, as from a real key; the caret stays put. */
function write(input: HTMLInputElement, text: string, start: number, end: number): void {
  input.setRangeText(text, start, end, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}

export function useKeyTarget(first: RefObject<HTMLInputElement | null>) {
  const last = useRef<HTMLInputElement | null>(null)

  function target(): HTMLInputElement | null {
    const active = document.activeElement
    if (active instanceof HTMLInputElement) return active
    const input = last.current?.isConnected ? last.current : first.current
    // Somebody who goes through the keys by keyboard keeps their place there.
    if (input && !active?.closest('.keys')) input.focus()
    return input
  }

  return {
    onFocus: (event: FocusEvent<HTMLInputElement>) => {
      last.current = event.currentTarget
    },
    key: (text: string) => {
      const input = target()
      if (input)
        write(input, text, input.selectionStart ?? input.value.length, input.selectionEnd ?? input.value.length)
    },
    erase: () => {
      const input = target()
      if (!input) return
      const end = input.selectionEnd ?? input.value.length
      const start = input.selectionStart ?? end
      write(input, '', start === end ? Math.max(0, start - 1) : start, end)
    },
  }
}
