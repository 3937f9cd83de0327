// Says in words what is wrong with a typed value before it is sent; main has the last word.
const letters = /^[\p{L}\p{N}._-]+$/u

export interface Complaint {
  key: string
  count?: number
}

export function checkText(value: string, key: string): Complaint | undefined {
  const text = value.trim()
  if (text === '') return { key: `invalid.${key}` }
  return text.length > 100 ? { key: 'invalid.tooLong', count: 100 } : undefined
}

export function checkStaffId(value: string, key = 'staffId'): Complaint | undefined {
  const text = value.trim().normalize('NFC')
  if (text === '') return { key: `invalid.${key}` }
  if (text.length > 32) return { key: 'invalid.tooLong', count: 32 }
  return letters.test(text) ? undefined : { key: 'invalid.staffIdLetters' }
}
