// Another process beside the running station, as the command line is: an administrator's code, then one change.
import { expect } from 'vitest'
import { defaultPolicy, policyDocument } from '../../../src/contracts/policy.ts'
import { approveByCode } from '../../../src/station/login.ts'
import { isAdministrator } from '../../../src/station/people.ts'
import { setPolicy } from '../../../src/station/policy-versions.ts'
import { beside, partsOf } from '../../support/ward-ways.ts'
import { typeCode } from './attempts.ts'
import type { Change } from './changes.ts'
import type { Model, Phone } from './model.ts'
import type { WalkedStation } from './station.ts'

interface Approver {
  readonly staffId: string
  readonly phone: Phone
  readonly offset: number
}

/** The change and the approval are one transaction: no right code, no change. */
export async function changeBeside(model: Model, station: WalkedStation, approver: Approver, change: Change) {
  const works = change.works?.(model, station) ?? null
  const nowMs = station.now().wallMs
  let done: boolean | null = null
  await typeCode(model, station, approver, {
    allowed: (person) => person.isAdministrator,
    send: (code) =>
      beside(station.ward, (opened) => {
        const approval = approveByCode(
          partsOf(opened, station.ward.clock),
          approver.staffId,
          code,
          {
            name: change.name,
            mayApprove: isAdministrator,
            work: (recorder, actor) => change.beside(recorder, actor, model, nowMs),
          },
          'never',
        )
        if (approval.ok) done = approval.value.ok
        return approval
      }),
  })
  if (done === null) return
  if (works !== null) expect(done, `${change.name} by another process`).toBe(works)
  station.count(`${change.name} beside ${done ? 'done' : 'refused'}`)
  if (done) change.noted(model, station)
}

export type WalkedPolicy = Model['policy']

/** A new version; one that would lock the administrators out is refused, and then nothing has changed. */
export const policyChange = (wanted: WalkedPolicy): Change => {
  const { suspendsAt: throttleSuspendsAt, ...rest } = wanted
  const settings = { ...defaultPolicy.settings, ...rest, throttleSuspendsAt }
  const document = policyDocument.parse({ settings })
  return {
    name: 'change the policy',
    // Whether it locks anybody out is for the tests of policies to say.
    works: null,
    atDesk: () => ({ ok: false, reason: 'not-allowed' }),
    beside: (recorder, actor, _model, nowMs) =>
      setPolicy(recorder, document, { actor, reason: 'the walk goes on', after: null, nowMs }),
    noted: (model) => {
      model.policy = wanted
    },
  }
}
