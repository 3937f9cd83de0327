// The walk: every kind of step, and how often it comes.
import fc from 'fast-check'
import type { Step } from './steps.ts'
import * as backups from './steps-backup.ts'
import * as bound from './steps-bound.ts'
import * as changes from './steps-changes.ts'
import * as enrollments from './steps-enrollment.ts'
import * as ways from './steps-in.ts'
import * as time from './steps-time.ts'

const weighted: [number, fc.Arbitrary<Step>][] = [
  [10, ways.administratorComes],
  [10, enrollments.enrolls],
  [12, ways.finishes],
  [12, ways.signsIn],
  [6, ways.somebodyComes],
  [1, ways.failsAgainAndAgain],
  [3, ways.recoveryCode],
  [2, ways.codesGone],
  [8, ways.ticket],
  [4, ways.stepsUp],
  [10, enrollments.confirms],
  [6, enrollments.newOffers],
  [3, enrollments.waiting],
  [2, enrollments.moves],
  [1, enrollments.abandons],
  [8, changes.adds],
  [6, bound.binds],
  [12, bound.answers],
  [2, changes.renames],
  [3, changes.imports],
  [2, changes.importsBeside],
  [1, backups.backups],
  [1, backups.restores],
  [1, backups.confirmsPeople],
  [8, changes.tickets],
  [6, changes.atDesk],
  [5, changes.besides],
  [3, changes.policy],
  [6, time.passes],
  [1, time.jumps],
  [3, time.touches],
  [2, time.locks],
  [1, time.restarts],
  [1, changes.disowns],
  [4, changes.disownsNow],
  [6, changes.returns],
]
export const walkOf = (most: number) =>
  fc.commands(
    weighted.flatMap(([weight, each]) => Array.from({ length: weight }, () => each)),
    { maxCommands: most, size: 'max' },
  )
