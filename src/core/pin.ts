// Which PINs a person may choose: long enough, and none of those that are tried first (NIST SP 800-63B-4, 3.1.1.2).
import type { PinProblem } from '../contracts/fields.ts'

export const pinRule = { shortest: 6, longest: 12 } as const

/** Those of the most used that none of the rules below finds: shapes on the keys, famous numbers. */
const common: ReadonlySet<string> = new Set(
  `010203 007007 100200 102030 112358 123654 124578 134679 135790 141592 142536 142857 145236 147258 147369
   147852 159357 159753 159951 235689 246810 258456 258963 271828 314159 321654 321987 357159 369258 456123
   456852 654123 654789 666420 741852 741963 753159 753951 789123 789456 852456 852963 951357 951753 963258
   963852 987321 1112131 1234560 1234569 5201314 8675309 10203040 11235813 12345679 13579246 14725836 14789632
   14725369 15935728 24681012 27182818 31415926 36925814 96385274 147258369 159357456 314159265 321654987
   369258147 456789123 741852963 789456123 963852741 987456321 102030405060`.split(/\s+/),
)

/** @param pin digits. @param staffId whose it is to be. null: nothing is wrong with it. */
export function pinProblem(pin: string, staffId: string): PinProblem | null {
  if (pin.length < pinRule.shortest || pin.length > pinRule.longest || !/^[0-9]+$/.test(pin)) return 'wrong-length'
  if (isRepeated(pin)) return 'repeated'
  if (isSequence(pin)) return 'sequence'
  if (common.has(pin)) return 'common'
  if (isDate(pin)) return 'date'
  return holdsStaffId(pin, staffId) ? 'staff-id' : null
}

/** One or two digits only, or a part said again and again: 111111, 232332, 123123, 48154815. */
function isRepeated(pin: string): boolean {
  if (new Set(pin).size <= 2) return true
  for (let length = 1; length <= pin.length / 2; length++)
    if (pin.length % length === 0 && pin.slice(0, length).repeat(pin.length / length) === pin) return true
  return false
}

/** Even steps up or down, over the end as well; each digit twice; there and back: 345678, 987654, 890123, 112233, 123321. */
function isSequence(pin: string): boolean {
  if (hasEvenSteps(pin)) return true
  const doubled = [...pin].every((digit, place) => place % 2 === 0 || digit === pin[place - 1])
  if (doubled && pin.length % 2 === 0 && hasEvenSteps([...pin].filter((_, place) => place % 2 === 0).join('')))
    return true
  const half = pin.slice(0, Math.ceil(pin.length / 2))
  return [...pin].toReversed().join('') === pin && hasEvenSteps(half)
}

function hasEvenSteps(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, place) => (Number(digit) - Number(digits[place]) + 10) % 10)
  return steps.every((step) => step === steps[0])
}

/** Day, month and year of the last or this century in eight digits, in any of the usual orders. */
function isDate(pin: string): boolean {
  const year = '(?:19|20)[0-9]{2}'
  const month = '(?:0[1-9]|1[0-2])'
  const day = '(?:0[1-9]|[12][0-9]|3[01])'
  return new RegExp(`^(?:${day}${month}${year}|${month}${day}${year}|${year}${month}${day})$`).test(pin)
}

/** Fewer than four digits are in too many PINs by chance. */
function holdsStaffId(pin: string, staffId: string): boolean {
  const digits = staffId.replace(/[^0-9]/g, '')
  return digits.length >= 4 && (pin.includes(digits) || (digits.length >= pin.length && digits.includes(pin)))
}
