// Lines of a CSV file (RFC 4180) that is safe to open in a spreadsheet.

/** What a spreadsheet would take for the beginning of a formula, or skip before one. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
/** Where the comma is the decimal sign, spreadsheets part cells at semicolons, within our quotes as well: it begins there, too. */
const formulaAfterPart = /(;["\s]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/** A cell that would be a formula gets an apostrophe before it, which spreadsheets take as the sign of text. */
export function csvCell(value: string | number): string {
  const whole = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value)
  const text = whole.replace(formulaAfterPart, "$1'")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * For a table that is read in again: what begins with such an apostrophe of its own gets another one, so that `asTyped`
 * takes away no more than was put there.
 */
export const forReading = (text: string): string => (isGuarded(text) ? `'${text}` : text)

/** What stood there before its guard. */
export const asTyped = (cell: string): string => (isGuarded(cell) ? cell.slice(1) : cell)
const isGuarded = (text: string): boolean => text.startsWith("'") && formula.test(text.replace(/^'+/, ''))

/** With its end, CRLF. */
export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`
