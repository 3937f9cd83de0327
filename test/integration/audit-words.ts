// What `audit verify` says, word for word.
export const wrong = (number: number, problem: string) => [`Event ${number} is the first that is wrong: ${problem}.`]
export const cut = (known: number, has: number) => [
  `Cut: ${known} events are known, the log has ${has}; event ${has + 1} is the first missing.`,
]
export const unchangedUpTo = (events: number, atMs: number) => [
  `unchanged up to ${new Date(atMs).toISOString()}, ${events} events`,
  "no anchor from outside: a later cut can't be excluded",
]
export const rewritten = (known: number) => [
  `Rewritten: the first ${known} events are not those that the checkpoint was signed for.`,
]
export const row = (name: string) => [`The events are whole, but ${name} is not what they say.`]

export const complete = (events: number, ...given: string[]) => [
  `complete and unchanged, ${events} events`,
  `anchored to ${given.join(' and ')}`,
]
export const notSigned = ["The checkpoint is not one that this log's station signed."]
/** Of an export alone: whose key it was signed by, since anybody can sign one. */
export const broughtAlong = (station: string) => [
  `signed by the key of station ${station}, which the export brings along`,
]
