// What the field of a setting begins with when a rule takes it in: mostly the stricter choice, as it is typed.
import type { Setting } from './policyDraft.ts'

export const defaultValues: Readonly<Record<Setting, string>> = {
  factors: 'code-and-pin',
  phoneAnswers: 'shown-or-sent',
  phoneLocation: 'required',
  firstSignIn: 'ticket',
  totpWindowSteps: '0',
  idleMs: '1',
  idleWarningMs: '15',
  sessionMs: '60',
  freshMs: '1',
  offerMs: '5',
  leaseMs: '1440',
  breakGlass: 'false',
  breakGlassMs: '15',
  phonesPerPerson: '2',
  throttleDelayFrom: '3',
  throttleClosesAfter: '10',
  throttleClosedMs: '30',
  throttleSuspendsAt: '100',
}
