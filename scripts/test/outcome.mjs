// What a step of `npm test` came to, in counts.

/** @typedef {{passed: number, failed: number, skipped: number, output?: string}} Outcome */

/** @returns {Outcome} */
export function outcomeOf({ passed = 0, failed = 0, skipped = 0 }) {
  return { passed, failed, skipped }
}

/** @returns {Outcome} one failure, with what there is to read about it. */
export function failure(output) {
  return { ...outcomeOf({ failed: 1 }), output }
}

/** Worded unlike the last line, so that nobody takes a step's count for the whole. */
export function describeStep({ passed, failed, skipped }) {
  const note = skipped ? `, ${skipped} skipped` : ''
  return failed ? `FAILED, ${failed} of ${passed + failed}${note}` : `ok, ${passed}${note}`
}

/** The plain last line. */
export function describeTotal({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}

export function add(total, outcome) {
  return {
    passed: total.passed + outcome.passed,
    failed: total.failed + outcome.failed,
    skipped: total.skipped + outcome.skipped,
  }
}
