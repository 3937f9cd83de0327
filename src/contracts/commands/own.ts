// Commands of whoever is signed in about their own PIN, recovery codes and phone.
import { z } from 'zod'
import { oneTimeCode, staffId } from '../fields.ts'
import { administrationRefusals, command, done, refused } from './answers.ts'
import { bindingOffered } from './binding.ts'
import { newCodes, offered } from './enrollment.ts'
import { loginRefused, newPinRefused, twicePin } from './login.ts'

const ownRefusals = refused(administrationRefusals)

export const ownCommands = {
  changeOwnPin: command(twicePin, z.union([done, ownRefusals, newPinRefused])),
  /** They replace the ones from before once they are acknowledged. */
  makeOwnRecoveryCodes: command(z.strictObject({}), z.union([newCodes, ownRefusals])),
  /** A phone of theirs that scans, beside their authenticator app. */
  bindOwnPhone: command(
    z.strictObject({}),
    z.union([bindingOffered, refused([...administrationRefusals, 'no-phone-page'])]),
  ),
  /** Where their phone did not sign them in; `approval` is somebody's who may enroll people. */
  enrollOwnPhone: command(
    z.strictObject({ approval: z.strictObject({ staffId, code: oneTimeCode }).nullable() }),
    z.union([offered, ownRefusals, loginRefused]),
  ),
} as const
