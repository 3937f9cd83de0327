// The field that the keys on the screen write to: the one that had the focus last.
import { type FocusEvent, type RefObject, useRef } from 'react'
import { eraseText, insertText } from '../../ui/typing.ts'

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
      if (input) insertText(input, text)
    },
    erase: () => {
      const input = target()
      if (input) eraseText(input)
    },
  }
}
