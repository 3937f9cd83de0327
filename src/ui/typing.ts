// Writes into a field as its keyboard would: React hears of it through the native event, and the caret stays put.

export function insertText(input: HTMLInputElement, text: string): void {
  write(input, text, startOf(input), endOf(input))
}

/** What is selected, or the sign before the caret. */
export function eraseText(input: HTMLInputElement): void {
  const [start, end] = [startOf(input), endOf(input)]
  write(input, '', start === end ? Math.max(0, start - 1) : start, end)
}

const endOf = (input: HTMLInputElement): number => input.selectionEnd ?? input.value.length
const startOf = (input: HTMLInputElement): number => input.selectionStart ?? endOf(input)

function write(input: HTMLInputElement, text: string, start: number, end: number): void {
  const length = input.value.length - (end - start) + text.length
  if (input.maxLength >= 0 && length > input.maxLength) return
  input.setRangeText(text, start, end, 'end')
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
